using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Documents;
using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Contracts.Plans;

/// <summary>Reads a plan from YAML. Pure: files that the plan names are not opened. The format is <c>docs/plan-format.md</c>.</summary>
public sealed class PlanReader
{
    private const int MaximumTitleLength = 200;

    private readonly List<Problem> _problems = [];
    private readonly PlanVocabulary _vocabulary;

    private PlanReader(PlanVocabulary vocabulary) => _vocabulary = vocabulary;

    /// <summary>The plan, or all its problems at once with their places.</summary>
    /// <param name="yaml">The plan's text.</param>
    /// <param name="file">Name of its file, for places.</param>
    /// <param name="vocabulary">Names outside the plan to check against; null = none.</param>
    public static PlanReading Read(string yaml, string file, PlanVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(file);
        var reader = new PlanReader(vocabulary ?? new PlanVocabulary());
        try
        {
            BenchmarkPlan? plan = reader.Plan(YamlDocument.Read(yaml, file));
            return plan is not null && reader._problems.Count == 0 ? PlanReading.Good(plan) : PlanReading.Refused(reader._problems.OrderBy(Position));
        }
        catch (ProblemException e)
        {
            return PlanReading.Refused(e.Problems);
        }
    }

    private BenchmarkPlan? Plan(DocumentNode root)
    {
        if (MappingReader.Over(root, "a plan", _problems) is not { } top) return null;
        Placed<string>? name = top.Node("name", required: true) is { } nameNode ? PlanNames.Name(top, nameNode, "name") : null;
        IReadOnlyDictionary<string, string> title = Title(top, name?.Value ?? "");
        IReadOnlyList<Placed<PlanModel>>? models = UniqueList.Read(top, "models", null, node => PlanModelReader.Read(top, node, _problems), m => m.Name);
        bool isThroughputAlone = top.Node("throughput") is not null && top.Node("latency") is null;
        LatencySection? latency = Section(top, CellKind.Latency, models, required: !isThroughputAlone);
        LatencySection? throughput = Section(top, CellKind.Throughput, models, required: false);
        if (top.Node("accuracy") is not null && root is MappingNode mapping)
            top.Report("not-supported", mapping.Entries.First(e => e.Key == "accuracy").KeyAt, "accuracy jobs are not part of this version", "remove the section");
        Effort effort = top.Choice("effort", PlanWords.Efforts) ?? Effort.Standard;
        IReadOnlyList<string>? references = Names(top, "references", [], PlanNames.Name, _vocabulary.References);
        IReadOnlyList<string>? tables = Names(top, "tables", isThroughputAlone ? [BenchmarkPlan.ThroughputTable] : [BenchmarkPlan.DefaultTable], PlanNames.Layout, _vocabulary.Layouts);
        top.Finish();
        if (name is null || models is null || latency is null || throughput is null || references is null || tables is null) return null;
        return new BenchmarkPlan
        {
            Name = name.Value,
            Title = title,
            Models = [.. models.Select(m => m.Value)],
            Latency = latency,
            Throughput = throughput,
            Effort = effort,
            References = references,
            Tables = throughput.IsAbsent || tables.Contains(BenchmarkPlan.ThroughputTable, StringComparer.Ordinal) ? tables : [.. tables, BenchmarkPlan.ThroughputTable],
        };
    }

    /// <summary>A section that says what to time; absent where it may be and is, null when it had a problem.</summary>
    private LatencySection? Section(MappingReader top, CellKind kind, IReadOnlyList<Placed<PlanModel>>? models, bool required)
    {
        string key = CellCoordinate.Word(kind);
        if (top.Node(key, required) is not { } node) return required ? null : LatencySection.Absent(kind);
        return MappingReader.Over(node, key, _problems) is { } section ? new LatencyReader(kind, section, models?.Select(m => m.Value.Name).ToList(), _problems).Read() : null;
    }

    /// <summary>One text, or a text by language. The plan's name stands in for a missing English one.</summary>
    private SortedDictionary<string, string> Title(MappingReader top, string planName)
    {
        var titles = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["en"] = planName };
        switch (top.Node("title"))
        {
            case null: break;
            case MappingNode mapping:
                var byLanguage = new MappingReader(mapping, _problems);
                foreach (string language in PlanWords.Languages)
                    if (byLanguage.Node(language) is { } node && TitleText(byLanguage, node, $"title.{language}") is { } text) titles[language] = text;
                byLanguage.Finish();
                break;
            case { } node:
                titles["en"] = TitleText(top, node, "title") ?? planName;
                break;
        }

        return titles;
    }

    private static string? TitleText(MappingReader reader, DocumentNode node, string key)
    {
        if (PlanNames.Scalar(reader, node, key, "a text") is not { } text) return null;
        if (!string.IsNullOrWhiteSpace(text.Value) && text.Value.Length <= MaximumTitleLength && !text.Value.Any(char.IsControl)) return text.Value;
        reader.Report("wrong-value", node.At, $"{key}: expected one line of 1 to {MaximumTitleLength} characters", "");
        return null;
    }

    /// <summary>A list of names that exist outside the plan.</summary>
    private static List<string>? Names(
        MappingReader top, string key, IReadOnlyList<string> absent, Func<MappingReader, DocumentNode, string, Placed<string>?> read, IReadOnlyCollection<string>? known)
    {
        return UniqueList.Read(top, key, absent, Known, name => name)?.Select(n => n.Value).ToList();

        Placed<string>? Known(DocumentNode node)
        {
            if (read(top, node, key) is not { } name) return null;
            if (known is null || known.Contains(name.Value, StringComparer.Ordinal)) return name;
            top.Report("unknown-value", node.At, $"{key}: '{name.Value}' is not known", Suggestion.Remedy(name.Value, known));
            return null;
        }
    }

    /// <summary>Where a problem stands, so that a person walks the file once from top to bottom.</summary>
    private static (int Line, int Column) Position(Problem problem)
    {
        string[] parts = problem.Where.Split(':');
        return parts.Length >= 3 && int.TryParse(parts[^2], CultureInfo.InvariantCulture, out int line) && int.TryParse(parts[^1], CultureInfo.InvariantCulture, out int column) ? (line, column) : (0, 0);
    }
}
