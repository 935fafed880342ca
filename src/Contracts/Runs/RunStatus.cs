namespace Fleetmark.Contracts.Runs;

/// <summary>How far a run is; one immutable snapshot.</summary>
public sealed record RunStatus
{
    /// <summary>The run.</summary>
    public required RunId RunId { get; init; }

    /// <summary>State of the run's row.</summary>
    public required RunState State { get; init; }

    /// <summary>Jobs of the run, and how many of them are ready, leased, finished (done, failed, dead or cancelled).</summary>
    public required int Jobs { get; init; }

    /// <summary>Jobs that wait.</summary>
    public required int Ready { get; init; }

    /// <summary>Jobs that are being measured.</summary>
    public required int Leased { get; init; }

    /// <summary>Rises whenever the cells' numbers took in more of the results; they follow them a moment later.</summary>
    public long Counted { get; init; }

    /// <summary>Jobs that are over, with or without a result.</summary>
    public int Finished => Jobs - Ready - Leased;
}
