namespace Fleetmark.Contracts.Runs;

/// <summary>How far a run is; one immutable snapshot.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.RunStatus)]
public sealed record RunStatus
{
    /// <summary>The run.</summary>
    [Id(0)] public required RunId RunId { get; init; }

    /// <summary>State of the run's row.</summary>
    [Id(1)] public required RunState State { get; init; }

    /// <summary>Jobs of the run, and how many of them are ready, leased, finished (done, failed, dead or cancelled).</summary>
    [Id(2)] public required int Jobs { get; init; }

    /// <summary>Jobs that wait.</summary>
    [Id(3)] public required int Ready { get; init; }

    /// <summary>Jobs that are being measured.</summary>
    [Id(4)] public required int Leased { get; init; }

    /// <summary>Jobs that are over, with or without a result.</summary>
    public int Finished => Jobs - Ready - Leased;
}
