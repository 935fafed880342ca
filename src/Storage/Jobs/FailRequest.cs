using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;

namespace Fleetmark.Storage.Jobs;

/// <summary>The end of an attempt without a result.</summary>
public sealed record FailRequest
{
    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>The device that says so; null when the silo itself ends it.</summary>
    public int? DeviceId { get; init; }

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

    /// <summary>Pause before the next attempt.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>The launches of the attempt; kept also when they do not count.</summary>
    public IReadOnlyList<LaunchReport> Launches { get; init; } = [];
}
