namespace Fleetmark.Measurement.Launches;

/// <summary>Why a worker failed; the number is its exit code.</summary>
public enum WorkerErrorCode
{
    /// <summary>The request is unreadable or of an unknown protocol version.</summary>
    BadRequest = 10,

    /// <summary>Operator, provider, precision or architecture cannot do it.</summary>
    Unsupported = 11,

    /// <summary>The model is unreadable or has another hash or other shapes.</summary>
    Model = 12,

    /// <summary>Out of host or device memory.</summary>
    OutOfMemory = 13,

    /// <summary>Driver or device fault.</summary>
    Device = 14,

    /// <summary>The output is not finite.</summary>
    WrongOutput = 15,

    /// <summary>The agent asked for it.</summary>
    Cancelled = 16,

    /// <summary>A phase took too long.</summary>
    Deadline = 17,

    /// <summary>The dataset is absent on this machine or has another digest.</summary>
    Dataset = 18,
}
