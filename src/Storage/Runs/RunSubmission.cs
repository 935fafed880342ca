using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Storage.Runs;

/// <summary>A run on its way into rows.</summary>
public sealed record RunSubmission
{
    /// <summary>Number of the run, taken before.</summary>
    public required RunId RunId { get; init; }

    /// <summary>What was asked.</summary>
    public required SubmitRequest Request { get; init; }

    /// <summary>The plan as it was read.</summary>
    public required BenchmarkPlan Plan { get; init; }

    /// <summary>What it means on the fleet.</summary>
    public required Expansion Expansion { get; init; }

    /// <summary>Effort of the run.</summary>
    public required Effort Effort { get; init; }

    /// <summary>Version of the measurement protocol.</summary>
    public required int ProtocolVersion { get; init; }
}
