using System.Globalization;
using System.Runtime.InteropServices;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// Versions of NVIDIA's libraries as this process has them loaded, asked of the libraries themselves: what a flavour is meant for and what the machine's search path found are
/// two things. A library that is not loaded, as all of them on a CPU, is not there.
/// </summary>
internal static unsafe class LoadedLibraries
{
    /// <summary>Versions are written so from here on: major × 10,000 + minor × 100 + patch.</summary>
    private const long WideFrom = 90_000;

    /// <summary>The libraries by the name of their versions.</summary>
    internal static IReadOnlyDictionary<string, string> Versions()
    {
        try
        {
            return Versions(File.ReadAllText("/proc/self/maps"), Symbol);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }
    }

    /// <summary>The libraries among the files a process has in its memory.</summary>
    /// <param name="maps">Text of its <c>maps</c>.</param>
    /// <param name="symbol">Function of a library by path and name; 0 when there is none.</param>
    internal static IReadOnlyDictionary<string, string> Versions(string maps, Func<string, string, nint> symbol)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string[] files = [.. maps.Split('\n').Select(line => line.IndexOf('/') is >= 0 and var at ? line[at..].Trim() : "").Where(path => path.Length > 0).Distinct(StringComparer.Ordinal)];
        if (Function("libcudart.so", "cudaRuntimeGetVersion") is not 0 and var cuda)
        {
            int version;
            if (((delegate* unmanaged[Cdecl]<int*, int>)cuda)(&version) == 0) versions["cuda"] = string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 10}");
        }

        if (Function("libcudnn.so", "cudnnGetVersion") is not 0 and var cudnn) versions["cudnn"] = Text((long)((delegate* unmanaged[Cdecl]<nuint>)cudnn)());
        if (Function("libnvinfer.so", "getInferLibVersion") is not 0 and var tensorRt) versions["tensorrt"] = Text(((delegate* unmanaged[Cdecl]<int>)tensorRt)());
        return versions;

        nint Function(string library, string name) =>
            Array.Find(files, path => Path.GetFileName(path).StartsWith(library, StringComparison.Ordinal)) is { } path ? symbol(path, name) : 0;
    }

    private static string Text(long version) => version >= WideFrom
        ? string.Create(CultureInfo.InvariantCulture, $"{version / 10_000}.{version % 10_000 / 100}.{version % 100}")
        : string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 100}.{version % 100}");

    /// <summary>Opening what is loaded already gives the same library again.</summary>
    private static nint Symbol(string path, string name) =>
        NativeLibrary.TryLoad(path, out nint library) && NativeLibrary.TryGetExport(library, name, out nint function) ? function : 0;
}
