using System.Globalization;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Tables;

/// <summary>
/// Explains every sign a table uses. A sign with one reason explains it in its own line; with several, each reason becomes a numbered note of the cells it concerns.
/// Remarks on measurements are numbered notes too; one that concerns every number is said once, without a reference.
/// </summary>
internal sealed class TableNotes(Texts texts)
{
    /// <summary>The lines under the table; the cells learn the numbers of their notes.</summary>
    internal IReadOnlyList<TableNote> Number(TableCell[][] rows)
    {
        TableCell[] cells = [.. rows.SelectMany(r => r)];
        Dictionary<string, string[]> reasons = cells
            .Where(c => c.Mark is not null)
            .GroupBy(c => c.Mark!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(c => c.Reason).OfType<string>().Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        string[] shared = Shared([.. cells.Where(c => c.Kind == FactKind.Number && c.Cell is not null)]);
        var numbered = new List<string>();
        foreach (TableCell[] row in rows)
            for (int column = 0; column < row.Length; column++)
                row[column] = row[column] with { NoteNumbers = Numbers(row[column], reasons, shared, numbered) };
        return
        [
            .. Marks.Order.Where(reasons.ContainsKey).Select(mark => new TableNote(mark, Explanation(mark, reasons[mark]))),
            .. shared.Select(remark => new TableNote("", texts.AllNumbers(remark))),
            .. numbered.Select((text, i) => new TableNote(string.Create(CultureInfo.InvariantCulture, $"[{i + 1}]"), text)),
        ];
    }

    /// <summary>Remarks of all measured numbers; none when there is a single one.</summary>
    private static string[] Shared(TableCell[] numbers) =>
        numbers.Length < 2 ? [] : [.. numbers[0].Remarks.Where(remark => numbers.All(n => n.Remarks.Contains(remark, StringComparer.Ordinal)))];

    private static int[] Numbers(TableCell cell, Dictionary<string, string[]> reasons, string[] shared, List<string> numbered)
    {
        IEnumerable<string> remarks = cell.Remarks.Except(shared, StringComparer.Ordinal);
        IEnumerable<string> texts = cell.Mark is { } mark && cell.Reason is { } reason && reasons[mark].Length > 1 ? [reason, .. remarks] : remarks;
        var numbers = new SortedSet<int>();
        foreach (string text in texts)
        {
            if (!numbered.Contains(text)) numbered.Add(text);
            numbers.Add(numbered.IndexOf(text) + 1);
        }

        return [.. numbers];
    }

    private string Explanation(string mark, string[] reasons)
    {
        string meaning = mark switch
        {
            Marks.Unstable => texts.Unstable,
            Marks.Throttled => texts.Throttled,
            Marks.Contended => texts.Contended,
            Marks.Stale => texts.Stale,
            Marks.Pending => texts.Pending,
            Marks.Retrying => texts.RetryingMark,
            Marks.Unsupported => texts.Unsupported,
            Marks.Missing => texts.Missing,
            Marks.NeedsSamples => texts.NeedsSamples,
            Marks.NotPlanned => texts.NotPlanned,
            _ => texts.Failed,
        };
        if (reasons.Length != 1) return meaning;
        return reasons[0].StartsWith(meaning, StringComparison.Ordinal) ? reasons[0] : meaning + texts.Colon + reasons[0];
    }
}
