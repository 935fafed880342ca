namespace Fleetmark.Measurement.Launches;

/// <summary>The end of a request that failed. It counts more than the exit code.</summary>
public sealed record ErrorMessage : WorkerMessage
{
    internal const string Word = "error";

    /// <summary>A word of <see cref="WorkerErrorCode"/>.</summary>
    public required string Code { get; init; }

    /// <summary>One line for people.</summary>
    public required string Message { get; init; }

    /// <summary>More for experts, such as the runtime's own words.</summary>
    public string? Detail { get; init; }

    /// <summary>Word of the phase it happened in.</summary>
    public string? Phase { get; init; }

    /// <summary>The worker's own opinion whether another try may succeed; for people, decides nothing.</summary>
    public bool? Retryable { get; init; }

    /// <summary>Protocol versions the worker speaks, when the request asked for another one.</summary>
    public IReadOnlyList<int>? Supported { get; init; }
}
