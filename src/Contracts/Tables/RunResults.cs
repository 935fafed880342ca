using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Contracts.Tables;

/// <summary>Everything tables and plots of one run need, as stored; reporting formats it and computes nothing.</summary>
public sealed record RunResults
{
    /// <summary>The run.</summary>
    public required RunId RunId { get; init; }

    /// <summary>Identity of the run outside this database.</summary>
    public required Guid RunUid { get; init; }

    /// <summary>State of the run's row.</summary>
    public required RunState State { get; init; }

    /// <summary>The plan as it was read: names, titles, order of models, devices, precisions, batches, layouts.</summary>
    public required BenchmarkPlan Plan { get; init; }

    /// <summary>SHA-256 of the plan's source, 64 hexadecimal digits: its version.</summary>
    public required string PlanSha256 { get; init; }

    /// <summary>Effort the run was made with.</summary>
    public required Effort Effort { get; init; }

    /// <summary>Seed of the order of measurements.</summary>
    public required long OrderSeed { get; init; }

    /// <summary>When it was submitted (UTC).</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it ended (UTC); null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The plan's models in plan order.</summary>
    public required IReadOnlyList<PlanArtifact> Models { get; init; }

    /// <summary>The device classes of the run in plan order, also those nobody offered.</summary>
    public required IReadOnlyList<DeviceClassFacts> DeviceClasses { get; init; }

    /// <summary>True when a device of the run was replayed from a file. Such a run is no baseline of another and is not published.</summary>
    public bool IsSimulated => DeviceClasses.Any(c => c.Simulated);

    /// <summary>One entry per cell of the run.</summary>
    public required IReadOnlyList<CellResult> Cells { get; init; }

    /// <summary>How far converted models that were measured are from their sources, in the order of models; empty when none was converted.</summary>
    public IReadOnlyList<ParityFacts> Parity { get; init; } = [];

    /// <summary>What the harness adds to a call on the machines that measured, once for each class they measured on.</summary>
    public IReadOnlyList<HarnessFacts> Harness { get; init; } = [];
}
