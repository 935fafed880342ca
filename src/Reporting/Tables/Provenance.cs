using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Reporting.Tables;

/// <summary>Where the numbers of a table come from.</summary>
internal sealed record Provenance
{
    internal required string Version { get; init; }

    internal required string Plan { get; init; }

    internal required string PlanSha256 { get; init; }

    internal required long Run { get; init; }

    internal required Guid RunUid { get; init; }

    internal required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while the run is open.</summary>
    internal required DateTimeOffset? EndedAt { get; init; }

    internal required Effort Effort { get; init; }

    internal required long OrderSeed { get; init; }

    /// <summary>Cells of the run.</summary>
    internal required int Cells { get; init; }

    internal required int ValidCells { get; init; }

    internal required int RetriedCells { get; init; }

    /// <summary>The classes whose numbers the table shows.</summary>
    internal required IReadOnlyList<DeviceClassFacts> Hardware { get; init; }

    /// <summary>The lines under the table, without the digest.</summary>
    internal required IReadOnlyList<string> Lines { get; init; }
}
