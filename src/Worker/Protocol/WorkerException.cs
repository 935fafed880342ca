using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Protocol;

/// <summary>The request cannot be answered, for a reason the protocol has a code for.</summary>
internal sealed class WorkerException : Exception
{
    internal WorkerException(WorkerErrorCode code, string message, string? detail = null, Exception? cause = null) : base(message, cause)
    {
        Code = code;
        Detail = detail;
    }

    /// <summary>The code on the wire, and the exit code.</summary>
    internal WorkerErrorCode Code { get; }

    /// <summary>More for experts; null when there is nothing more.</summary>
    internal string? Detail { get; }
}
