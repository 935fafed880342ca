using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Tests.Sessions;

public sealed unsafe class LoadedLibrariesTests
{
    private const string Maps = """
        7f0000000000-7f0000001000 r-xp 00000000 08:01 1 /usr/lib/x86_64-linux-gnu/libc.so.6
        7f0000002000-7f0000003000 r-xp 00000000 08:01 2 /opt/cuda/lib64/libcudart.so.12.8.90
        7f0000003000-7f0000004000 r--p 00000000 08:01 2 /opt/cuda/lib64/libcudart.so.12.8.90
        7f0000004000-7f0000005000 r-xp 00000000 08:01 3 /opt/cudnn/libcudnn.so.9
        7f0000005000-7f0000006000 r-xp 00000000 08:01 4 /opt/cudnn/libcudnn_ops.so.9
        7f0000006000-7f0000007000 r-xp 00000000 08:01 5 /opt/tensorrt/libnvinfer.so.10
        7f0000008000-7f0000009000 rw-p 00000000 00:00 0 [stack]
        """;

    [Fact]
    public void Each_loaded_library_says_its_version()
    {
        IReadOnlyDictionary<string, string> versions = LoadedLibraries.Versions(Maps, (path, name) => (path, name) switch
        {
            ("/opt/cuda/lib64/libcudart.so.12.8.90", "cudaRuntimeGetVersion") => (nint)(delegate* unmanaged[Cdecl]<int*, int>)&Cuda,
            ("/opt/cudnn/libcudnn.so.9", "cudnnGetVersion") => (nint)(delegate* unmanaged[Cdecl]<nuint>)&Cudnn,
            ("/opt/tensorrt/libnvinfer.so.10", "getInferLibVersion") => (nint)(delegate* unmanaged[Cdecl]<int>)&TensorRt,
            _ => 0,
        });

        Assert.Equal(["cuda 12.8", "cudnn 9.10.2", "tensorrt 8.6.1"], versions.Select(v => $"{v.Key} {v.Value}"));
    }

    [Fact]
    public void A_library_that_does_not_answer_or_lacks_the_function_has_no_version() =>
        Assert.Empty(LoadedLibraries.Versions(Maps, (_, name) => name == "cudaRuntimeGetVersion" ? (nint)(delegate* unmanaged[Cdecl]<int*, int>)&Broken : 0));

    [Fact]
    public void A_process_without_them_has_none() => Assert.Empty(LoadedLibraries.Versions());

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Cuda(int* version)
    {
        *version = 12_080;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Broken(int* version) => 35;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Cudnn() => 91_002;

    /// <summary>The way versions were written before 10.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int TensorRt() => 8_601;
}
