using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Fleetmark.Documents;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Benchmarks.Harness;

/// <summary>
/// The loop of <c>burst.c</c>, compiled by the system's C compiler against the header of the runtime's package and loaded into this process, so that it runs the very
/// session that the harness runs.
/// </summary>
internal sealed unsafe class CLoop : IDisposable
{
    private readonly nint _library;
    private readonly delegate* unmanaged<nint*, nint, nint, nint, long*, long, nint> _burst;

    private CLoop(nint library, string compiler)
    {
        _library = library;
        _burst = (delegate* unmanaged<nint*, nint, nint, nint, long*, long, nint>)NativeLibrary.GetExport(library, "fleetmark_burst");
        Compiler = compiler;
    }

    /// <summary>What the compiler calls itself, and how it was called.</summary>
    internal string Compiler { get; }

    private static string Compilers => Environment.GetEnvironmentVariable("CC") is { Length: > 0 } chosen ? chosen : "cc";

    /// <summary>Compiles and loads it.</summary>
    /// <exception cref="ProblemException">There is no C compiler, or it fails.</exception>
    internal static CLoop Compile()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fleetmark-burst-");
        try
        {
            string library = Path.Combine(folder.FullName, "burst.so");
            Ask("-O2", "-shared", "-fPIC", $"-I{Metadata("OrtInclude")}", "-o", library, Path.Combine(AppContext.BaseDirectory, "Harness", "burst.c"));
            return new CLoop(NativeLibrary.Load(library), $"{Ask("--version").Split('\n')[0]} -O2");
        }
        finally
        {
            // A loaded library does not need its file.
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Times runs of a model.</summary>
    internal void Burst(BoundModel model, Span<long> elapsed)
    {
        fixed (long* first = elapsed)
        {
            OrtNativeApi.Check(_burst(
                OrtNativeApi.Table, OrtNativeApi.HandleOf(model.Session), model.RunOptions.DangerousGetHandle(), model.Binding.DangerousGetHandle(), first, elapsed.Length));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => NativeLibrary.Free(_library);

    private static string Ask(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(Compilers, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output
                : throw new ProblemException(new Problem("c-compiler", Compilers, $"the loop in C does not compile: {errors.GetAwaiter().GetResult().Trim().ReplaceLineEndings(" ")}"));
        }
        catch (Win32Exception e)
        {
            throw new ProblemException(new Problem("c-compiler", Compilers, $"the C compiler cannot be started: {new Win32Exception(e.NativeErrorCode).Message}", "run `apt-get install gcc libc6-dev`, or set CC"));
        }
    }

    private static string Metadata(string key) => typeof(CLoop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
