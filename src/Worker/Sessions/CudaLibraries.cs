using System.Globalization;
using System.Runtime.InteropServices;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// Versions of NVIDIA's libraries that this process has really loaded: not those the flavour was meant for, which a machine may have others of.
/// </summary>
internal static unsafe class CudaLibraries
{
    private const string Maps = "/proc/self/maps";

    /// <summary>Of the CUDA runtime, such as <c>12.8</c>; null when it is not loaded or does not tell.</summary>
    internal static string? Cuda()
    {
        nint function = Function("libcudart.so", "cudaRuntimeGetVersion");
        int version = 0;
        return function != 0 && ((delegate* unmanaged<int*, int>)function)(&version) == 0 ? OfCuda(version) : null;
    }

    /// <summary>Of cuDNN, such as <c>9.10.2</c>.</summary>
    internal static string? Cudnn() => Function("libcudnn.so", "cudnnGetVersion") is var function and not 0 ? OfLibrary((long)((delegate* unmanaged<nuint>)function)()) : null;

    /// <summary>Of TensorRT, such as <c>10.4.0</c>.</summary>
    internal static string? TensorRt() => Function("libnvinfer.so", "getInferLibVersion") is var function and not 0 ? OfLibrary(((delegate* unmanaged<int>)function)()) : null;

    /// <summary>CUDA counts 1000 × major + 10 × minor.</summary>
    internal static string OfCuda(int version) => string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 10}");

    /// <summary>cuDNN from 9 and TensorRT from 10 on count 10,000 × major + 100 × minor + patch.</summary>
    internal static string OfLibrary(long version) => string.Create(CultureInfo.InvariantCulture, $"{version / 10_000}.{version % 10_000 / 100}.{version % 100}");

    /// <summary>The file of a library in the lines of a process' memory map; null when it is not loaded. A version may follow its name.</summary>
    internal static string? Loaded(IEnumerable<string> maps, string library) => maps
        .Select(line => line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? line[at..] : "")
        .FirstOrDefault(path => Path.GetFileName(path) is var name && (name == library || name.StartsWith($"{library}.", StringComparison.Ordinal)));

    private static nint Function(string library, string name) =>
        Loaded(File.ReadLines(Maps), library) is { } path && NativeLibrary.TryLoad(path, out nint handle) && NativeLibrary.TryGetExport(handle, name, out nint function) ? function : 0;
}
