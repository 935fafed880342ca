using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// What an exception of ONNX Runtime means. The library names its status in brackets at the begin of the message: <c>[ErrorCode:NotImplemented] …</c>.
/// </summary>
internal static class RuntimeFailure
{
    private static readonly string[] OutOfMemoryWords =
        ["bad_alloc", "bad allocation", "out of memory", "Failed to allocate memory", "smaller than requested bytes", "ALLOC_FAILED", "ALLOCATION_FAILED"];

    /// <summary>The option that says so, and the sentence of the library, which differs between versions.</summary>
    private static readonly string[] CpuFallbackWords = ["disable_cpu_ep_fallback", "fallback to CPU EP has been explicitly disabled"];

    private static readonly string[] DeviceWords = ["CUDA failure", "CUDA error", "CUDNN failure", "CUDNN_FE failure", "CUBLAS failure", "TensorRT EP", "cudaError"];

    /// <summary>The failure in the words of the protocol.</summary>
    internal static WorkerException Of(OnnxRuntimeException exception, LaunchPhase phase) => Of(exception.Message, phase, exception);

    /// <summary>The same for the words of an exception: only the library can make one.</summary>
    internal static WorkerException Of(string text, LaunchPhase phase, Exception? exception)
    {
        if (Has(text, OutOfMemoryWords)) return new WorkerException(WorkerErrorCode.OutOfMemory, "out of memory", text, exception);
        ProviderFailure failure = ProviderFailure.Of(text, device: null, WorkerIdentity.Flavour);
        if (failure.State != DeviceCapability.Error) return new WorkerException(WorkerErrorCode.Unsupported, failure.Reason, text, exception);
        if (Has(text, CpuFallbackWords))
            return new WorkerException(WorkerErrorCode.Unsupported, $"an operator is not supported by this provider and would run on the CPU: {Sentence(text)}", text, exception);
        if (IsNotImplemented(text)) return new WorkerException(WorkerErrorCode.Unsupported, $"an operator has no kernel here: {Sentence(text)}", text, exception);
        if (Has(text, DeviceWords)) return new WorkerException(WorkerErrorCode.Device, $"the device failed: {Sentence(text)}", text, exception);
        string verb = phase <= LaunchPhase.Load ? "refuses" : "failed on";
        return new WorkerException(WorkerErrorCode.Model, $"the runtime {verb} the model: {Sentence(text)}", text, exception);
    }

    private static bool Has(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsNotImplemented(string text) => text.StartsWith("[ErrorCode:NotImplemented]", StringComparison.Ordinal);

    private static string Sentence(string text)
    {
        string sentence = text[(text.IndexOf(']', StringComparison.Ordinal) + 1)..].Trim().ReplaceLineEndings(" ");
        return sentence.Length <= 300 ? sentence : $"{sentence[..300]}…";
    }
}
