using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Tests.Sessions;

public sealed class ProviderFailureTests
{
    private static readonly LaunchDevice V100 = new() { ComputeCapability = "7.0", Driver = "470.82" };

    /// <summary>Sentences of several versions of the libraries, cut to what carries the meaning.</summary>
    [Theory]
    [InlineData("[ErrorCode:Fail] Non-zero status code returned while running Relu node. Name:'r' Status Message: CUDA error cudaErrorNoKernelImageForDevice:no kernel image is available for execution on the device", "unsupported-arch")]
    [InlineData("[ErrorCode:Fail] CUDA failure 209: no kernel image is available for execution on the device ; GPU=0 ; hostname=h ; expr=cudaGetLastError();", "unsupported-arch")]
    [InlineData("[ErrorCode:Fail] CUDNN_FE failure 11: CUDNN_BACKEND_API_FAILED; CUDNN_STATUS_NOT_SUPPORTED_ARCH_MISMATCH", "unsupported-arch")]
    [InlineData("[ErrorCode:Fail] CUBLAS failure 8: CUBLAS_STATUS_ARCH_MISMATCH ; GPU=0", "unsupported-arch")]
    [InlineData("[ErrorCode:Fail] CUDA failure 98: invalid device function ; GPU=0", "unsupported-arch")]
    [InlineData("[ErrorCode:Fail] TensorRT EP failed to create engine: Target GPU SM 70 is not supported by this TensorRT release.", "unsupported-arch")]
    [InlineData("[ErrorCode:RuntimeException] CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=-1 ; expr=cudaSetDevice(info_.device_id);", "driver-too-old")]
    [InlineData("[ErrorCode:Fail] CUDA failure 222: the provided PTX was compiled with an unsupported toolchain.", "driver-too-old")]
    [InlineData("[ErrorCode:Fail] CUDA failure 804: forward compatibility was attempted on non supported HW", "driver-too-old")]
    [InlineData("[ErrorCode:Fail] CUDA failure 803: system has unsupported display driver / cuda driver combination", "driver-too-old")]
    [InlineData("[ErrorCode:Fail] CUDA execution provider is not enabled in this build. ", "missing-library")]
    [InlineData("[ErrorCode:Fail] Failed to load library libonnxruntime_providers_cuda.so with error: libcudnn.so.9: cannot open shared object file: No such file or directory", "missing-library")]
    [InlineData("Unable to load shared library 'onnxruntime' or one of its dependencies.\nIn order to help diagnose loading problems, …", "missing-library")]
    [InlineData("Unable to find an entry point named 'OrtSessionOptionsAppendExecutionProvider_CUDA' in shared library 'onnxruntime'.", "missing-library")]
    [InlineData("[ErrorCode:Fail] CUDNN failure 1003: CUDNN_STATUS_SUBLIBRARY_VERSION_MISMATCH ; GPU=0", "missing-library")]
    [InlineData("[ErrorCode:Fail] CUDA failure 100: no CUDA-capable device is detected ; GPU=0", "error")]
    [InlineData("[ErrorCode:Fail] CUDA failure 2: out of memory ; GPU=0", "error")]
    [InlineData("[ErrorCode:InvalidGraph] something else", "error")]
    public void A_text_of_the_libraries_has_one_state(string text, string state) => Assert.Equal(state, ProviderFailure.Of(text, V100, "ort131-cuda13").State);

    [Theory]
    [InlineData("no kernel image is available", "ort131-cuda13 has no kernels for compute capability 7.0 (sm_70)")]
    [InlineData("CUDA failure 35: CUDA driver version is insufficient", "the driver 470.82 is too old for ort131-cuda13")]
    [InlineData("Failed to load library libonnxruntime_providers_cuda.so with error: libcudnn.so.9: cannot open shared object file: No such", "libcudnn.so.9 cannot be found")]
    [InlineData("[ErrorCode:Fail] CUDA execution provider is not enabled in this build. ", "CUDA execution provider is not enabled in this build.")]
    [InlineData("[ErrorCode:Fail] first line\n   second line", "first line")]
    public void A_reason_is_one_line_that_names_what_is_missing(string text, string reason) => Assert.Equal(reason, ProviderFailure.Of(text, V100, "ort131-cuda13").Reason);

    [Fact]
    public void Of_an_unknown_device_the_reason_names_no_architecture() =>
        Assert.Equal("ort131-cuda13 has no kernels for this architecture", ProviderFailure.Of("no kernel image", new LaunchDevice(), "ort131-cuda13").Reason);

    [Fact]
    public void A_long_line_is_cut() => Assert.Equal(161, ProviderFailure.Of(new string('x', 1000), V100, "f").Reason.Length);
}
