using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Documents;

namespace Fleetmark.Contracts.Plans;

/// <summary>Reads <c>include</c> and <c>exclude</c>. A value that is not in the plan would select nothing, so it is a problem at its place.</summary>
internal sealed class SelectionReader(PlanCoordinates plan, MappingReader section, ICollection<Problem> problems)
{
    private const int MaximumSelections = 1000;

    private bool HasConcurrency => plan.Concurrency is not { Count: 0 };

    /// <summary>The selections; those with a problem are left out.</summary>
    internal IReadOnlyList<CellSelection> Read(string key)
    {
        if (section.EmptyAt(key) is { } nothing) UniqueList.ReportEmpty(section, key, nothing);
        if (section.Items(key) is not { } nodes) return [];
        if (nodes.Count == 0) UniqueList.ReportEmpty(section, key, section.Node(key)!.At);
        if (nodes.Count > MaximumSelections)
        {
            section.Report("too-many", section.Node(key)!.At, $"{key}: {nodes.Count} selections are more than {MaximumSelections}", "leave coordinates out to select more at once");
            return [];
        }

        var selections = new List<CellSelection>(nodes.Count);
        foreach (DocumentNode node in nodes)
            if (MappingReader.Over(node, $"a selection of '{key}'", problems) is { } reader && Selection(reader, key) is { } selection) selections.Add(selection);
        return selections;
    }

    private CellSelection? Selection(MappingReader reader, string key)
    {
        int before = problems.Count;
        var selection = new CellSelection
        {
            Model = Value(reader, "model", key, plan.Models),
            Device = Value(reader, "device", key, plan.Devices),
            Precision = Value(reader, "precision", key, plan.Precisions) is { } precision ? PlanWords.Precisions[precision] : null,
            Batch = Value(reader, "batch", key, plan.Batches) is { } batch ? int.Parse(batch, CultureInfo.InvariantCulture) : null,
            Provider = Value(reader, "provider", key, plan.Providers),
            Runtime = Value(reader, "runtime", key, plan.Runtimes),
            Clocks = Value(reader, "clocks", key, plan.Clocks) is { } clocks ? ClockPolicy.Parse(clocks) : null,
            Concurrency = HasConcurrency && Value(reader, CellSelection.ConcurrencyKey, key, plan.Concurrency) is { } loops ? int.Parse(loops, CultureInfo.InvariantCulture) : null,
            At = reader.At,
        };
        IReadOnlyList<string> coordinates = HasConcurrency ? [.. CellSelection.Coordinates, CellSelection.ConcurrencyKey] : CellSelection.Coordinates;
        if (coordinates.All(c => reader.Node(c) is null))
            reader.Report("selects-everything", reader.At, $"{key}: a selection without coordinates means every cell", $"name at least one of {string.Join(", ", coordinates)}");
        reader.Finish();
        return problems.Count == before ? selection : null;
    }

    /// <summary>A word of the plan in the plan's spelling.</summary>
    private static string? Value(MappingReader reader, string coordinate, string key, IReadOnlyList<string>? words)
    {
        if (reader.Node(coordinate) is not { } node || PlanNames.Scalar(reader, node, $"{key}.{coordinate}", "one value") is not { } text || words is null) return null;
        if (words.FirstOrDefault(w => string.Equals(w, text.Value, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        reader.Report("selects-nothing", node.At, $"{key}: {coordinate} '{text.Value}' is not in the plan, so this selects nothing", Remedy(coordinate, text.Value, words));
        return null;
    }

    private static string Remedy(string coordinate, string given, IReadOnlyList<string> words)
    {
        if (words.Count == 0) return $"the plan does not list any {coordinate}";
        return given.All(char.IsAsciiDigit) ? $"known: {string.Join(", ", words)}" : Suggestion.Remedy(given, words);   // 1 is no misspelling of 8
    }
}
