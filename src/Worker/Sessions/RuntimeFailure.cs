using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// What an exception of ONNX Runtime means. The library names its status in brackets at the begin of the message: <c>[ErrorCode:NotImplemented] …</c>.
/// </summary>
internal static class RuntimeFailure
{
    private static readonly string[] OutOfMemoryWords = ["bad_alloc", "bad allocation", "out of memory", "Failed to allocate memory"];

    /// <summary>The failure in the words of the protocol.</summary>
    internal static WorkerException Of(OnnxRuntimeException exception, LaunchPhase phase) => Of(exception.Message, phase, exception);

    /// <summary>The same for the words of an exception: only the library can make one.</summary>
    internal static WorkerException Of(string text, LaunchPhase phase, Exception? exception)
    {
        if (OutOfMemoryWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return new WorkerException(WorkerErrorCode.OutOfMemory, "out of memory", text, exception);
        if (IsNotImplemented(text)) return new WorkerException(WorkerErrorCode.Unsupported, $"an operator has no kernel here: {Sentence(text)}", text, exception);
        string verb = phase <= LaunchPhase.Load ? "refuses" : "failed on";
        return new WorkerException(WorkerErrorCode.Model, $"the runtime {verb} the model: {Sentence(text)}", text, exception);
    }

    private static bool IsNotImplemented(string text) => text.StartsWith("[ErrorCode:NotImplemented]", StringComparison.Ordinal);

    private static string Sentence(string text)
    {
        string sentence = text[(text.IndexOf(']', StringComparison.Ordinal) + 1)..].Trim().ReplaceLineEndings(" ");
        return sentence.Length <= 300 ? sentence : $"{sentence[..300]}…";
    }
}
