using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Reporting.Tables;

/// <summary>A finished place of a table: what it prints and what stands behind it.</summary>
internal sealed record TableCell
{
    internal required FactKind Kind { get; init; }

    /// <summary>State; null for words and for places that stand for no measurement.</summary>
    internal CellState? State { get; init; }

    /// <summary>What a person reads, mark and interval included, notes not.</summary>
    internal required string Text { get; init; }

    /// <summary>The printed number alone; null without one.</summary>
    internal string? NumberText { get; init; }

    /// <summary>The printed ends of the interval; null where the column shows none or none exists.</summary>
    internal (string Low, string High)? IntervalText { get; init; }

    /// <summary>Sign to explain under the table; null for none.</summary>
    internal string? Mark { get; init; }

    /// <summary>Why there is no number, in the table's language; null when the mark says it all.</summary>
    internal string? Reason { get; init; }

    /// <summary>Sentences of its notes, in the table's language.</summary>
    internal IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Numbers of its notes under the table, ascending.</summary>
    internal IReadOnlyList<int> NoteNumbers { get; init; } = [];

    /// <summary>Words for programs: notes of the measurement, code of the reason.</summary>
    internal IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The number in the column's unit, unrounded.</summary>
    internal Quantity? Value { get; init; }

    internal Quantity? Low { get; init; }

    internal Quantity? High { get; init; }

    /// <summary>Samples behind the number.</summary>
    internal int? Count { get; init; }

    /// <summary>Number of the attempt it waits for; 0 unless it is being retried.</summary>
    internal int NextAttempt { get; init; }

    /// <summary>The coordinate measured.</summary>
    internal Cell? Cell { get; init; }
}
