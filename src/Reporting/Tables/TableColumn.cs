using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>A column of a finished table.</summary>
internal sealed record TableColumn
{
    internal required string Key { get; init; }

    /// <summary>Header in the table's language; may hold <c>&lt;br&gt;</c> and <c>&lt;br/&gt;</c>.</summary>
    internal required string Header { get; init; }

    /// <summary>First header level; null without one.</summary>
    internal string? Group { get; init; }

    internal required ColumnSource Source { get; init; }

    internal required NumberFormat Format { get; init; }

    internal required string Unit { get; init; }

    /// <summary>Slug of the device class; null where the column belongs to none.</summary>
    internal string? Device { get; init; }

    internal Precision? Precision { get; init; }

    internal int? Batch { get; init; }

    /// <summary>Concurrent loops of a column of throughput cells; null where the column belongs to none.</summary>
    internal int? Concurrency { get; init; }

    /// <summary>Provider and runtime of a column that shows one of several; null where the whole table has the same.</summary>
    internal RuntimeVariant? Variant { get; init; }

    /// <summary>True when its cells stand right.</summary>
    internal bool IsNumber => !Source.IsText;

    /// <summary>Both header levels on one line each.</summary>
    internal string FullHeader => Group is null ? Header : $"{Group} {Header}";
}
