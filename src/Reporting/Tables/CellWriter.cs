using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>Turns a fact into what its place prints: number, mark and interval, or the sign that stands for their absence.</summary>
internal sealed class CellWriter(Texts texts)
{
    /// <summary>The quantity in the unit the column prints.</summary>
    internal static Quantity InUnit(Quantity quantity, TableColumn column) => quantity.In(column.Unit switch
    {
        "us" => 1m,
        "ms" => 1_000m,
        "s" => 1_000_000m,
        "mJ" => 1_000m,
        "J" => 1_000_000m,
        "M" => 1_000_000m,
        "G" => 1_000_000_000m,
        _ => 1m,
    });

    /// <summary>The place.</summary>
    /// <param name="fact">What is known.</param>
    /// <param name="column">Its column.</param>
    /// <param name="decimals">Decimals of the whole column.</param>
    /// <param name="interval">True when the interval stands beside the number.</param>
    internal TableCell Write(Fact fact, TableColumn column, int decimals, bool interval) => fact.Kind switch
    {
        FactKind.Number => Number(fact, column, decimals, interval),
        FactKind.Words => Place(fact, UserText.Clean(fact.Words!)),
        FactKind.NoNumber => Without(fact),
        FactKind.NeedsSamples => Place(fact, NeedsSamples(fact, column), Marks.NeedsSamples),
        FactKind.NotPlanned => Place(fact, Marks.NotPlanned, Marks.NotPlanned),
        _ => Place(fact, ""),
    };

    private TableCell Number(Fact fact, TableColumn column, int decimals, bool interval)
    {
        Quantity value = InUnit(fact.Number!.Value, column);
        string number = fact.Words is { } printed && column.Format.Kind == FormatKind.Printed ? printed : column.Format.Print(value.Value, decimals);
        Quantity? low = fact.Low is { } l ? InUnit(l, column) : null;
        Quantity? high = fact.High is { } h ? InUnit(h, column) : null;
        string mark = Marks.Behind(fact.State);
        (string Low, string High)? ends = interval && low is { } from && high is { } to
            ? (column.Format.Print(from.Value, decimals), column.Format.Print(to.Value, decimals))
            : null;
        string text = ends is { } shown ? $"{number}{mark} ({shown.Low}–{shown.High})" : number + mark;
        return Place(fact, text, mark.Length > 0 ? mark : null) with { NumberText = number, IntervalText = ends, Value = value, Low = low, High = high };
    }

    private TableCell Without(Fact fact)
    {
        string? reason = fact.Code is { } code ? UserText.OneLine(texts.Reason(code)) : null;
        return fact.State switch
        {
            CellState.Queued or CellState.Running => Place(fact, Marks.Pending, Marks.Pending),
            CellState.Retrying => Place(fact, string.Create(CultureInfo.InvariantCulture, $"{Marks.Pending} {fact.Attempts + 1}"), Marks.Retrying) with { NextAttempt = fact.Attempts + 1 },
            CellState.Unsupported => Place(fact, Marks.Unsupported, Marks.Unsupported, reason),
            CellState.Missing => Place(fact, Marks.Missing, Marks.Missing, reason),
            _ => Place(fact, Marks.Failure(fact.Code), Marks.Failure(fact.Code), reason),
        };
    }

    private TableCell Place(Fact fact, string text, string? mark = null, string? reason = null) => new()
    {
        Kind = fact.Kind,
        State = fact.State,
        Text = text,
        Mark = mark,
        Reason = reason,
        Remarks = Remarks(fact),
        Words = [.. fact.Notes.Select(UserText.OneLine), .. Code(fact), .. fact.RanAs is { } ran ? (IEnumerable<string>)[$"computed-as:{UserText.OneLine(ran)}"] : []],
        Count = fact.Count,
        Cell = fact.Cell,
    };

    /// <summary>The reason's code; a queued or valid cell has none.</summary>
    private static IEnumerable<string> Code(Fact fact) => fact.Code is { } code && fact.Kind == FactKind.NoNumber ? [UserText.OneLine(code)] : [];

    /// <summary>Sentences that belong to the measurement as a whole; a place of words does not repeat them.</summary>
    private string[] Remarks(Fact fact) => fact.Kind is FactKind.Number or FactKind.NeedsSamples
        ? [.. fact.Notes.Select(n => UserText.OneLine(texts.Note(n))), .. fact.RanAs is { } ran ? (IEnumerable<string>)[UserText.OneLine(texts.RanAs(ran))] : []]
        : [];

    private static string NeedsSamples(Fact fact, TableColumn column) =>
        column.Source.Kind is SourceKind.LatencyLow or SourceKind.LatencyHigh or SourceKind.ThroughputLow or SourceKind.ThroughputHigh ? Marks.NeedsSamples : string.Create(CultureInfo.InvariantCulture, $"{Marks.NeedsSamples} (n={fact.Count})");
}
