using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Tests.Sessions;

public sealed class RuntimeFailureTests
{
    [Theory]
    [InlineData("[ErrorCode:Fail] std::bad_alloc")]
    [InlineData("[ErrorCode:RuntimeException] Exception during initialization: bad allocation")]
    [InlineData("[ErrorCode:Fail] CUDA failure 2: Out Of Memory")]
    [InlineData("[ErrorCode:RuntimeException] Failed to allocate memory for requested buffer of size 39460012032")]
    [InlineData("[ErrorCode:NotImplemented] no kernel, and bad_alloc while saying so")]
    [InlineData("[ErrorCode:RuntimeException] Available memory of 0 is smaller than requested bytes of 2048")]
    [InlineData("[ErrorCode:Fail] CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0")]
    [InlineData("[ErrorCode:Fail] CUDNN failure 4002: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED ; GPU=0")]
    public void Every_word_for_exhausted_memory_is_out_of_memory(string text)
    {
        WorkerException failure = RuntimeFailure.Of(text, LaunchPhase.First, exception: null);
        Assert.Equal((WorkerErrorCode.OutOfMemory, "out of memory", text), (failure.Code, failure.Message, failure.Detail));
    }

    [Fact]
    public void An_operator_without_kernel_is_unsupported()
    {
        WorkerException failure = RuntimeFailure.Of("[ErrorCode:NotImplemented] Could not find an implementation\nfor Foo(1)", LaunchPhase.Load, exception: null);
        Assert.Equal(WorkerErrorCode.Unsupported, failure.Code);
        Assert.Equal("an operator has no kernel here: Could not find an implementation for Foo(1)", failure.Message);
    }

    [Theory]
    [InlineData("[ErrorCode:Fail] CUDA failure 209: no kernel image is available for execution on the device", "ort131-cpu has no kernels for this architecture")]
    [InlineData("[ErrorCode:Fail] CUDA execution provider is not enabled in this build. ", "CUDA execution provider is not enabled in this build.")]
    [InlineData("[ErrorCode:RuntimeException] CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version", "the driver is too old for ort131-cpu")]
    [InlineData("[ErrorCode:Fail] This session contains graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has been explicitly disabled by the user.",
        "an operator is not supported by this provider and would run on the CPU: This session contains graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has been explicitly disabled by the user.")]
    public void What_no_retry_can_change_is_unsupported(string text, string message)
    {
        WorkerException failure = RuntimeFailure.Of(text, LaunchPhase.Load, exception: null);
        Assert.Equal((WorkerErrorCode.Unsupported, message, text), (failure.Code, failure.Message, failure.Detail));
    }

    [Theory]
    [InlineData("[ErrorCode:Fail] CUDA failure 700: an illegal memory access was encountered ; GPU=0")]
    [InlineData("[ErrorCode:Fail] CUDNN_FE failure 11: CUDNN_BACKEND_API_FAILED")]
    [InlineData("[ErrorCode:EngineError] TensorRT EP execution context enqueue failed.")]
    public void A_failure_of_the_device_is_no_failure_of_the_model(string text)
    {
        WorkerException failure = RuntimeFailure.Of(text, LaunchPhase.Sample, exception: null);
        Assert.Equal(WorkerErrorCode.Device, failure.Code);
        Assert.StartsWith("the device failed: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LaunchPhase.Load, "the runtime refuses the model: Node (t0) says NotImplemented")]
    [InlineData(LaunchPhase.Sample, "the runtime failed on the model: Node (t0) says NotImplemented")]
    public void Everything_else_is_the_fault_of_the_model(LaunchPhase phase, string text)
    {
        WorkerException failure = RuntimeFailure.Of("[ErrorCode:InvalidGraph] Node (t0) says NotImplemented", phase, exception: null);
        Assert.Equal((WorkerErrorCode.Model, text), (failure.Code, failure.Message));
    }

    [Fact]
    public void A_long_text_is_cut_in_the_message_and_whole_in_the_detail()
    {
        string text = "[ErrorCode:Fail] " + new string('x', 1000);
        WorkerException failure = RuntimeFailure.Of(text, LaunchPhase.Load, exception: null);
        Assert.EndsWith($": {new string('x', 300)}…", failure.Message, StringComparison.Ordinal);
        Assert.Equal(text, failure.Detail);
    }
}
