using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Documents;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Layouts;

/// <summary>Reads a layout from YAML. Every problem is reported with its place; the layout is null when there is one.</summary>
internal sealed class LayoutReader
{
    private static readonly Dictionary<string, RowKind> RowWords = new(StringComparer.Ordinal) { ["model"] = RowKind.Model, ["cell"] = RowKind.Cell };

    private static readonly Dictionary<string, CellKind> KindWords = new(StringComparer.Ordinal) { ["latency"] = CellKind.Latency, ["throughput"] = CellKind.Throughput };

    private static readonly Dictionary<string, Precision> PrecisionWords = new(StringComparer.Ordinal)
    {
        ["fp32"] = Precision.Fp32,
        ["fp16"] = Precision.Fp16,
        ["int8"] = Precision.Int8,
    };

    private static readonly Dictionary<string, string[]> UnitsOf = new(StringComparer.Ordinal)
    {
        ["ms"] = ["us", "ms", "s"],
        ["J"] = ["mJ", "J"],
        ["G"] = ["G", "M"],
        ["M"] = ["G", "M"],
    };

    private readonly List<Problem> _problems = [];

    /// <summary>Reads one layout.</summary>
    /// <exception cref="ProblemException">The text is no layout; every problem says where.</exception>
    internal static Layout Read(string yaml, string file)
    {
        var reader = new LayoutReader();
        Layout? layout = MappingReader.Over(YamlDocument.Read(yaml, file), "a layout", reader._problems) is { } mapping ? reader.Layout(mapping) : null;
        if (reader._problems.Count > 0) throw new ProblemException(reader._problems);
        return layout!;
    }

    private Layout? Layout(MappingReader mapping)
    {
        string name = mapping.Text("name", required: true) ?? "";
        return mapping.Node("columns") is null && mapping.Node("devices") is not null ? Series(mapping, name) : Table(mapping, name);
    }

    private LayoutSeries Series(MappingReader mapping, string name)
    {
        string[] tables = [.. (mapping.Items("tables") ?? []).Select(node => Scalar(node, "a table is the name of a layout"))];
        var devices = new List<DeviceLayout>();
        foreach (DocumentNode node in mapping.Items("devices", required: true) ?? [])
        {
            if (MappingReader.Over(node, "an entry of 'devices'", _problems) is not { } entry) continue;
            devices.Add(new DeviceLayout(entry.Text("device"), entry.Text("table", required: true) ?? ""));
            entry.Finish();
        }

        mapping.Finish();
        return new LayoutSeries(name, tables, devices);
    }

    private TableLayout Table(MappingReader mapping, string name)
    {
        string? device = mapping.Text("device");
        string key = mapping.Text("key") ?? (device is null ? name : name + "-{device}");
        LocalText title = Local(mapping.Node("title", required: true), "title");
        RowKind rows = mapping.Choice("rows", RowWords, required: true) ?? RowKind.Model;
        CellKind cells = mapping.Choice("cells", KindWords) ?? CellKind.Latency;
        var columns = new List<ColumnDefinition>();
        foreach (DocumentNode node in mapping.Items("columns", required: true) ?? [])
            if (MappingReader.Over(node, "a column", _problems) is { } column && Column(column, cells) is { } definition) columns.Add(definition);
        if (_problems.Count == 0 && columns[0].Source.Kind is not SourceKind.ModelName)
            mapping.Report("wrong-value", mapping.At, "the first column must be model.name", "");
        MarkdownGeometry? markdown = mapping.Node("markdown") is { } node2 && MappingReader.Over(node2, "'markdown'", _problems) is { } geometry ? Geometry(geometry) : null;
        mapping.Finish();
        return new TableLayout(name) { Title = title, Key = key, Device = device, Cells = cells, Rows = rows, Columns = columns, Markdown = markdown };
    }

    private ColumnDefinition? Column(MappingReader column, CellKind cells)
    {
        string key = column.Text("key", required: true) ?? "";
        LocalText header = Local(column.Node("header", required: true), "header");
        LocalText? group = column.Node("group") is { } groupNode ? Local(groupNode, "group") : null;
        bool interval = column.Flag("interval") ?? false;
        string? sourceText = column.Text("source", required: true);
        ColumnSource? source = sourceText is null ? null : ColumnSource.Read(sourceText, column.Node("source")!.At, _problems);
        string? formatText = column.Text("format");
        NumberFormat? format = formatText is null ? null : NumberFormat.Read(formatText);
        if (formatText is not null && format is null)
            column.Report("unknown-format", column.Node("format")!.At, $"format: '{formatText}' is not known", Suggestion.Remedy(formatText, NumberFormat.Known));
        string? unit = column.Text("unit");
        (IReadOnlyList<Precision>? precisions, IReadOnlyList<int>? batches, IReadOnlyList<int>? concurrency, bool runtimes) = Family(column, cells);
        column.Finish();
        if (source is null) return null;
        if (cells != CellKind.Throughput && (source.IsThroughput || source.Kind == SourceKind.CellConcurrency))
            column.Report("wrong-value", column.Node("source")!.At, $"source: latency cells have no {source}", "write cells: throughput for the layout");
        if (unit is not null && !Fits(unit, source))
            column.Report("unknown-value", column.Node("unit")!.At, $"unit: '{unit}' does not fit {source}", source.DefaultUnit.Length > 0 ? $"write {source.DefaultUnit}" : "leave it out");
        return new ColumnDefinition
        {
            Key = key,
            Header = header,
            Group = group,
            Source = source,
            Unit = unit ?? source.DefaultUnit,
            Format = format ?? (source.IsText ? new NumberFormat(FormatKind.Text) : NumberFormat.Default),
            Interval = interval,
            Precisions = precisions,
            Batches = batches,
            Concurrency = concurrency,
            Runtimes = runtimes,
        };
    }

    /// <summary><c>each: { precision: planned, batch: [1, 4] }</c>, perhaps with <c>runtime: planned</c>; of throughput cells with <c>concurrency</c> too.</summary>
    private (IReadOnlyList<Precision>? Precisions, IReadOnlyList<int>? Batches, IReadOnlyList<int>? Concurrency, bool Runtimes) Family(MappingReader column, CellKind cells)
    {
        if (column.Node("each") is not { } node || MappingReader.Over(node, "'each'", _problems) is not { } each) return (null, null, null, false);
        var precisions = new List<Precision>();
        var batches = new List<int>();
        if (each.Node("precision", required: true) is { } first && !IsPlanned(first))
            foreach (DocumentNode item in each.Items("precision") ?? [])
                if (each.Choice(item, "precision", PrecisionWords) is { } precision) precisions.Add(precision);
        if (each.Node("batch", required: true) is { } second && !IsPlanned(second))
            foreach (DocumentNode item in each.Items("batch") ?? [])
                if (each.Integer(item, "batch", 1, 65_536) is { } batch) batches.Add((int)batch);
        List<int>? concurrency = cells == CellKind.Throughput ? [] : null;
        if (concurrency is not null && each.Node("concurrency", required: true) is { } loops && !IsPlanned(loops))
            foreach (DocumentNode item in each.Items("concurrency") ?? [])
                if (each.Integer(item, "concurrency", LatencySection.SmallestConcurrency, LatencySection.LargestConcurrency) is { } count) concurrency.Add((int)count);
        DocumentNode? third = each.Node("runtime");
        if (third is not null && !IsPlanned(third)) each.Report("wrong-value", third.At, "runtime: expected 'planned'", "write runtime: planned");
        each.Finish();
        return (precisions, batches, concurrency, third is not null);
    }

    private static MarkdownGeometry Geometry(MappingReader markdown)
    {
        IReadOnlyList<int> header = Widths(markdown, "header", null);
        var kind = SeparatorKind.Dashes;
        IReadOnlyList<int> separator = header;
        if (markdown.Node("separator", required: true) is ScalarNode { Text: "dashes" or "centred" } word)
            kind = word.Text == "centred" ? SeparatorKind.Centred : SeparatorKind.Dashes;
        else
            separator = Widths(markdown, "separator", null);
        IReadOnlyList<int> body = Widths(markdown, "body", header);
        markdown.Finish();
        return new MarkdownGeometry(header, kind, separator, body);
    }

    private static IReadOnlyList<int> Widths(MappingReader markdown, string key, IReadOnlyList<int>? same)
    {
        if (same is not null && markdown.Node(key) is ScalarNode { Text: "same" }) return same;
        var widths = new List<int>();
        foreach (DocumentNode item in markdown.Items(key, required: true) ?? [])
            if (markdown.Integer(item, key, 3, 200) is { } width) widths.Add((int)width);
        if (widths.Count == 0) markdown.Report("wrong-value", markdown.At, $"{key}: at least one width", "");
        return widths;
    }

    private LocalText Local(DocumentNode? node, string key)
    {
        if (node is null) return new LocalText("");
        if (node is ScalarNode scalar) return new LocalText(scalar.Text);
        if (MappingReader.Over(node, key, _problems) is not { } mapping) return new LocalText("");
        var text = new LocalText(mapping.Text("en", required: true) ?? "", mapping.Text("zh-CN"));
        mapping.Finish();
        return text;
    }

    private string Scalar(DocumentNode node, string expected)
    {
        if (node is ScalarNode scalar) return scalar.Text;
        _problems.Add(new Problem("wrong-value", node.At.ToString(), expected));
        return "";
    }

    private static bool IsPlanned(DocumentNode node) => node is ScalarNode { Text: "planned" };

    private static bool Fits(string unit, ColumnSource source) =>
        UnitsOf.TryGetValue(source.DefaultUnit, out string[]? units) ? units.Contains(unit, StringComparer.Ordinal) : unit == source.DefaultUnit;
}
