using System.Diagnostics;

namespace Fleetmark.Worker.Tests.Flavours;

/// <summary>
/// All flavours, compiled against the managed package that every machine can restore, and installed beside a program as an agent's are. What they really run on comes in
/// packages that only image builds have.
/// </summary>
public sealed class BuiltFlavours : IAsyncLifetime
{
    /// <summary>The list a flavour is added to.</summary>
    internal static readonly string[] Names = ["ort131-cpu", "ort122-cuda12", "ort120-cuda12-trt104", "ort131-cuda13"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleetmark-flavours-");

    /// <summary>The folder of the sources.</summary>
    internal static string Sources { get; } = FindSources();

    public async ValueTask InitializeAsync()
    {
        string project = Path.Combine(_folder.FullName, "Host.csproj");
        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutDir>$(MSBuildProjectDirectory)/out/</OutDir></PropertyGroup>
              <Import Project="{Path.Combine(Sources, "eng", "Workers.targets")}" />
            </Project>
            """, TestContext.Current.CancellationToken);
        (int exitCode, string output) = await BuildAsync(project, $"-p:OrtFlavors={string.Join("%3B", Names)}", "-p:OrtCompileOnly=true", "-p:RunAnalyzers=false");
        Assert.True(exitCode == 0, output);
    }

    /// <summary>A place below the program.</summary>
    internal string Place(string relative) => Path.Combine(_folder.FullName, "out", relative);

    /// <summary>A file of the worker of a flavour: the program itself, or what stands beside it with another ending.</summary>
    internal string Worker(string flavour, string ending = "") => Place(Path.Combine("workers", flavour, $"Fleetmark.Worker{ending}"));

    /// <summary>Builds a project in the configuration of these tests; leaves no build server behind.</summary>
    internal static async Task<(int ExitCode, string Output)> BuildAsync(string project, params string[] arguments)
    {
        string configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        string[] all = ["build", project, "-c", configuration, "-v", "q", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. arguments];
        var start = new ProcessStartInfo("dotnet", all) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Sources };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process build = Process.Start(start)!;
        try
        {
            string output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
            await build.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (build.ExitCode, output);
        }
        finally
        {
            if (!build.HasExited) build.Kill(entireProcessTree: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string FindSources()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Orchestrator.sln"))) return at.FullName;
        throw new InvalidOperationException("Orchestrator.sln is in no folder above the tests");
    }
}
