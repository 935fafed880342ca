using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Layouts;

/// <summary>A column, or a family of columns over precisions and batches, perhaps also over runtimes.</summary>
internal sealed record ColumnDefinition
{
    /// <summary>Key; <c>{precision}</c>, <c>{batch}</c>, <c>{concurrency}</c> and <c>{runtime}</c> stand for the coordinates.</summary>
    internal required string Key { get; init; }

    /// <summary>Header; <c>{PRECISION}</c>, <c>{precision}</c>, <c>{batch}</c>, <c>{concurrency}</c> and <c>{runtime}</c> stand for the coordinates; <c>&lt;br&gt;</c> and <c>&lt;br/&gt;</c> are the only markup.</summary>
    internal required LocalText Header { get; init; }

    /// <summary>First header level; neighbours with the same text share it. Null without one.</summary>
    internal LocalText? Group { get; init; }

    internal required ColumnSource Source { get; init; }

    internal required NumberFormat Format { get; init; }

    /// <summary>Unit of the printed number; empty for none.</summary>
    internal required string Unit { get; init; }

    /// <summary>True when the 95 % interval stands beside the value.</summary>
    internal bool Interval { get; init; }

    /// <summary>Precisions of the family; empty = those the table has cells for, narrow ones first as in the published tables. Null without a family.</summary>
    internal IReadOnlyList<Precision>? Precisions { get; init; }

    /// <summary>Batch sizes of the family; empty = those the table has cells for, in plan order. Null without a family.</summary>
    internal IReadOnlyList<int>? Batches { get; init; }

    /// <summary>Concurrent loops of the family; empty = those the table has cells for, in plan order. Null without a family, and for one of latency cells.</summary>
    internal IReadOnlyList<int>? Concurrency { get; init; }

    /// <summary>True for a family that is repeated for every runtime of the device class, in plan order. Such a table is not split by runtimes.</summary>
    internal bool Runtimes { get; init; }
}
