using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Reporting.Tables;

/// <summary>What is known for one place of a table, before it is formatted: a number, words, or the reason there is neither.</summary>
internal sealed record Fact
{
    internal required FactKind Kind { get; init; }

    /// <summary>State of the place; null for words and for places that stand for no measurement.</summary>
    internal CellState? State { get; init; }

    /// <summary>The number in its base unit: µs for durations, µJ for energies, images per second for rates, a plain count else.</summary>
    internal Quantity? Number { get; init; }

    /// <summary>Lower end of the 95 % interval, in the unit of <see cref="Number"/>.</summary>
    internal Quantity? Low { get; init; }

    /// <summary>Upper end of the 95 % interval.</summary>
    internal Quantity? High { get; init; }

    /// <summary>Samples behind the number.</summary>
    internal int? Count { get; init; }

    /// <summary>Words, or a number exactly as it was published.</summary>
    internal string? Words { get; init; }

    /// <summary>Code of the reason; see <see cref="FailureCode"/> and <see cref="Languages.ReasonWord"/>.</summary>
    internal string? Code { get; init; }

    /// <summary>Words of the measurement's notes.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What really ran, where it differs from the precision asked for.</summary>
    internal string? RanAs { get; init; }

    /// <summary>Attempts so far, of a cell that waits for its next.</summary>
    internal int Attempts { get; init; }

    /// <summary>The coordinate measured.</summary>
    internal Cell? Cell { get; init; }

    /// <summary>Words that need no state.</summary>
    internal static Fact OfWords(string words) => new() { Kind = FactKind.Words, Words = words };

    /// <summary>A number a model or a coordinate brings along.</summary>
    internal static Fact OfCount(long count) => new() { Kind = FactKind.Number, Number = new Quantity(count), State = CellState.Valid };

    /// <summary>No number, and why.</summary>
    internal static Fact Absent(string code) => new() { Kind = FactKind.NoNumber, State = CellState.Missing, Code = code };

    internal static Fact NotPlanned { get; } = new() { Kind = FactKind.NotPlanned };

    internal static Fact NotPublished { get; } = new() { Kind = FactKind.NotPublished };
}
