using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;

namespace Fleetmark.Storage.Results;

/// <summary>The end of an attempt without a result.</summary>
public sealed record FailRequest
{
    /// <summary>Job and attempt.</summary>
    public required AttemptKey Key { get; init; }

    /// <summary>Devices of the agent that says so: an attempt of another device is left alone. Null when the silo itself ends it.</summary>
    public IReadOnlyList<int>? DeviceIds { get; init; }

    /// <summary>Error, rejected noise, cancelled or returned.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Why; see <see cref="FailureCode"/>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>One line for people; cut at 4,000 characters.</summary>
    public string? ErrorText { get; init; }

    /// <summary>End of what the worker wrote; cut at 65,536 characters.</summary>
    public string? LogTail { get; init; }

    /// <summary>True when no retry can help: the job fails at once.</summary>
    public bool Permanent { get; init; }

    /// <summary>Counted failures after which this code makes the job dead, when fewer than the job's own limit.</summary>
    public short? AttemptLimit { get; init; }

    /// <summary>Pause before the next attempt; null for one that grows with the failures of the job: 5 s after the first, doubling, at most 300 s.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Share of the growing pause, more than 0 and at most 1.</summary>
    public double Backoff { get; init; } = 1;

    /// <summary>The launches of the attempt; kept also when they do not count.</summary>
    public IReadOnlyList<LaunchReport> Launches { get; init; } = [];
}
