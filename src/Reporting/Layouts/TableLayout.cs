using Fleetmark.Contracts.Jobs;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Layouts;

/// <summary>A table as data: ordered column definitions and, where a published form must be met, its Markdown geometry.</summary>
internal sealed record TableLayout(string Name) : Layout(Name)
{
    /// <summary>Device of <see cref="Device"/> that stands for one table per class.</summary>
    internal const string EachDevice = "each";

    /// <summary>Title; <c>{device}</c> stands for what people call the hardware.</summary>
    internal required LocalText Title { get; init; }

    /// <summary>Key of a table; <c>{device}</c> stands for the slug of its class. Names files, so it is unique inside a run.</summary>
    internal required string Key { get; init; }

    /// <summary>Null: one table for the run. <see cref="EachDevice"/>: one per class. Else a device word: one per class it means.</summary>
    internal string? Device { get; init; }

    /// <summary>What its cells measure. A table never shows latency cells beside throughput cells.</summary>
    internal CellKind Cells { get; init; } = CellKind.Latency;

    internal required RowKind Rows { get; init; }

    internal required IReadOnlyList<ColumnDefinition> Columns { get; init; }

    /// <summary>Null: columns are padded to equal width.</summary>
    internal MarkdownGeometry? Markdown { get; init; }
}
