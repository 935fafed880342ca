using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>A finished table, independent of the format it is printed in.</summary>
internal sealed record Table
{
    /// <summary>Unique inside a run; names files.</summary>
    internal required string Key { get; init; }

    /// <summary>Name of its layout.</summary>
    internal required string Layout { get; init; }

    internal required Language Language { get; init; }

    internal required string Title { get; init; }

    /// <summary>The title, and how many of its cells are valid where some are not.</summary>
    internal required string Caption { get; init; }

    internal required IReadOnlyList<TableColumn> Columns { get; init; }

    internal required IReadOnlyList<TableRow> Rows { get; init; }

    internal required IReadOnlyList<TableNote> Notes { get; init; }

    internal required Provenance Provenance { get; init; }

    /// <summary>SHA-256 of columns, rows, notes and provenance, 64 hexadecimal digits; the same in every format.</summary>
    internal required string Digest { get; init; }

    internal MarkdownGeometry? Markdown { get; init; }

    /// <summary>Number of the run, for the long form.</summary>
    internal required string Run { get; init; }

    /// <summary>True when a column has a first header level.</summary>
    internal bool HasGroups => Columns.Any(c => c.Group is not null);

    /// <summary>The provenance lines, the digest last.</summary>
    internal IReadOnlyList<string> ProvenanceLines => [.. Provenance.Lines, Texts.In(Language).Digest(Digest)];
}
