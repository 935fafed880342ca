using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Tests.Sessions;

public sealed class CudaLibrariesTests
{
    private static readonly string[] Maps =
    [
        "7f00-7f01 r-xp 00000000 08:01 12 /usr/lib/libcudnn_ops.so.9",
        "7f01-7f02 r--p 00000000 08:01 13 /opt/cudnn/lib/libcudnn.so.9.10.2",
        "7f02-7f03 rw-p 00000000 00:00 0 ",
        "7f03-7f04 r-xp 00000000 08:01 14 /opt/cuda/lib64/libcudart.so.12",
    ];

    [Theory]
    [InlineData("libcudart.so", "/opt/cuda/lib64/libcudart.so.12")]
    [InlineData("libcudnn.so", "/opt/cudnn/lib/libcudnn.so.9.10.2")]
    [InlineData("libnvinfer.so", null)]
    [InlineData("libcuda", null)]
    public void A_loaded_library_is_found_by_its_own_name(string library, string? path) => Assert.Equal(path, CudaLibraries.Loaded(Maps, library));

    [Theory]
    [InlineData(12080, "12.8")]
    [InlineData(13000, "13.0")]
    [InlineData(11020, "11.2")]
    public void Cuda_counts_in_its_own_way(int number, string version) => Assert.Equal(version, CudaLibraries.OfCuda(number));

    [Theory]
    [InlineData(91002, "9.10.2")]
    [InlineData(100400, "10.4.0")]
    public void Cudnn_and_tensorrt_count_in_another(long number, string version) => Assert.Equal(version, CudaLibraries.OfLibrary(number));

    [Fact]
    public void What_is_not_loaded_has_no_version() => Assert.Equal((null, null, null), (CudaLibraries.Cuda(), CudaLibraries.Cudnn(), CudaLibraries.TensorRt()));
}
