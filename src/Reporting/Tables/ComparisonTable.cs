using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>Arranges a run by the columns of a layout. The result knows every text it prints; the formats only write it down.</summary>
internal sealed class ComparisonTable(RunResults results, IFactSource facts, Language language, string version)
{
    /// <summary>Order of the precisions of a family: narrow first, as in the published tables.</summary>
    private static readonly Precision[] PrecisionOrder = [Precision.Fp16, Precision.Fp32, Precision.Int8];

    private readonly Texts _texts = Texts.In(language);

    /// <summary>Every table of a layout, in order.</summary>
    internal static IReadOnlyList<Table> All(RunResults results, Layout layout, Language language, string version)
    {
        var arranger = new ComparisonTable(results, new RunFacts(results, language), language, version);
        return [.. TableScope.Of(layout, results).Select(arranger.Arrange)];
    }

    /// <summary>One table.</summary>
    /// <exception cref="ArgumentException">Two cells of the scope claim the same place.</exception>
    internal Table Arrange(TableScope scope)
    {
        IReadOnlyList<TableColumn> columns = Columns(scope);
        IReadOnlyList<(string Key, IReadOnlyList<Fact> Facts)> rows = Rows(scope, columns);
        var cells = new CellWriter(_texts);
        bool[] intervals = [.. Expanded(scope).Select(e => e.Definition.Interval)];
        var written = new TableCell[rows.Count][];
        for (int row = 0; row < rows.Count; row++) written[row] = new TableCell[columns.Count];
        for (int column = 0; column < columns.Count; column++)
        {
            int decimals = columns[column].Format.ColumnDecimals(rows.Select(r => r.Facts[column].Number).OfType<Quantity>().Select(q => CellWriter.InUnit(q, columns[column]).Value));
            for (int row = 0; row < rows.Count; row++)
                written[row][column] = cells.Write(rows[row].Facts[column], columns[column], decimals, intervals[column]);
        }

        IReadOnlyList<TableNote> notes = new TableNotes(_texts).Number(written);
        IReadOnlyList<DeviceClassFacts> hardware = scope.Device is null ? results.DeviceClasses : [scope.Device];
        Provenance provenance = new ProvenanceWriter(results, language, version).Write([.. columns.Select(c => c.Source)], hardware, scope.Cells);
        string title = Title(scope, hardware);
        var table = new Table
        {
            Key = scope.Key,
            Layout = scope.Layout.Name,
            Language = language,
            Title = title,
            Caption = Caption(title, written),
            Columns = columns,
            Rows = [.. rows.Select((r, i) => new TableRow(r.Key, written[i]))],
            Notes = notes,
            Provenance = provenance,
            Digest = "",
            Markdown = scope.Layout.Markdown,
            Run = results.RunId.ToString(),
        };
        return table with { Digest = JsonTable.Digest(table) };
    }

    private string Title(TableScope scope, IReadOnlyList<DeviceClassFacts> hardware)
    {
        string title = scope.Layout.Title.In(language).Replace("{device}", scope.Device is null ? "" : UserText.OneLine(scope.Device.DisplayName), StringComparison.Ordinal);
        if (scope.Variant is not null) title = $"{title} · {UserText.OneLine(scope.Variant)}";
        return scope.Layout.Columns.Any(c => c.Source.IsOfCell) && hardware.Any(h => h.Simulated) ? title + _texts.Simulated : title;
    }

    private string Caption(string title, TableCell[][] rows)
    {
        TableCell[] measured = [.. rows.SelectMany(r => r).Where(c => c.Cell is not null).DistinctBy(c => c.Cell, ReferenceEqualityComparer.Instance)];
        int valid = measured.Count(c => c.State == CellState.Valid);
        return valid == measured.Length ? title : $"{title} · {_texts.ValidOf(valid, measured.Length)}";
    }

    private IReadOnlyList<TableColumn> Columns(TableScope scope)
    {
        RuntimeVariant[] variants = Variants(scope);
        string Fill(string template, Place? place) => place is null ? template : place.Fill(template, variants);
        return [.. Expanded(scope).Select(e => new TableColumn
        {
            Key = Fill(e.Definition.Key, e.Place),
            Header = Fill(e.Definition.Header.In(language), e.Place),
            Group = e.Definition.Group is null ? null : Fill(e.Definition.Group.In(language), e.Place),
            Source = e.Definition.Source,
            Format = e.Definition.Format,
            Unit = e.Definition.Unit,
            Device = e.Place is null ? null : scope.Device?.Slug,
            Precision = e.Place?.Precision,
            Batch = e.Place?.Batch,
            Concurrency = e.Place?.Concurrency,
            Variant = e.Place?.Variant,
        })];
    }

    /// <summary>The columns with every family written out.</summary>
    private IEnumerable<(ColumnDefinition Definition, Place? Place)> Expanded(TableScope scope)
    {
        foreach (ColumnDefinition definition in scope.Layout.Columns.Where(c => Applies(c.Source, scope)))
        {
            if (definition.Precisions is null || definition.Batches is null)
            {
                yield return (definition, null);
                continue;
            }

            bool given = definition.Precisions.Count > 0 && definition.Batches.Count > 0 && definition.Concurrency is not { Count: 0 };
            IReadOnlyList<int?> concurrency = definition.Concurrency is { Count: > 0 } listed ? [.. listed.Select(loops => (int?)loops)] : Concurrency(scope);
            RuntimeVariant?[] variants = definition.Runtimes ? Variants(scope) : new RuntimeVariant?[1];
            foreach (RuntimeVariant? variant in variants)
                foreach (Precision precision in definition.Precisions.Count > 0 ? definition.Precisions : PrecisionOrder)
                    foreach (int batch in definition.Batches.Count > 0 ? definition.Batches : Batches(scope))
                        foreach (int? loops in concurrency)
                            if (new Place(precision, batch, loops, variant) is var place && (given || scope.Cells.Any(c => place.Holds(c.Cell)))) yield return (definition, place);
        }
    }

    /// <summary>Energy and clocks have columns only where the plan asks for them.</summary>
    private bool Applies(ColumnSource source, TableScope scope) => source switch
    {
        { IsEnergy: true } => results.Plan.Latency.Energy,
        { Kind: SourceKind.CellClocks } => scope.Cells.Any(c => !c.Cell.Clocks.IsFree),
        _ => true,
    };

    /// <summary>What the class was measured with, in plan order.</summary>
    private RuntimeVariant[] Variants(TableScope scope) => [.. scope.Cells.Select(c => RuntimeVariant.Of(c.Cell)).Distinct().OrderBy(v => InPlan(scope, v.Flavour))];

    private int InPlan(TableScope scope, string flavour) => Section(scope).Runtimes.TakeWhile(runtime => runtime != flavour).Count();

    /// <summary>Batch sizes of the cells: those of the plan in its order, then what the plan includes besides.</summary>
    private IEnumerable<int> Batches(TableScope scope) =>
        Section(scope).Batches.Concat(scope.Cells.Select(c => c.Cell.Batch).Order()).Distinct();

    /// <summary>Concurrent loops of the cells, in the same order; of latency cells the one that has none.</summary>
    private int?[] Concurrency(TableScope scope) => scope.Layout.Cells != CellKind.Throughput ? [null]
        : [.. Section(scope).Concurrency.Select(loops => (int?)loops).Concat(scope.Cells.Select(c => c.Cell.Concurrency).Order()).Distinct()];

    private LatencySection Section(TableScope scope) => results.Plan.SectionOf(scope.Layout.Cells);

    private IReadOnlyList<(string Key, IReadOnlyList<Fact> Facts)> Rows(TableScope scope, IReadOnlyList<TableColumn> columns)
    {
        if (scope.Layout.Rows == RowKind.Cell)
        {
            Dictionary<string, PlanArtifact> models = results.Models.ToDictionary(m => m.Name, StringComparer.Ordinal);
            return [.. scope.Cells.Select(c => (RowKey(c.Cell), (IReadOnlyList<Fact>)[.. columns.Select(column => facts.Find(column.Source, models[c.Cell.Model], c))]))];
        }

        if (scope.Device is not null && scope.Cells.Count == 0) return [];
        var places = new Dictionary<(string Model, Place Place), CellResult>();
        bool byRuntime = scope.Layout.Columns.Any(c => c.Runtimes);
        foreach (CellResult cell in scope.Cells.Where(_ => scope.Device is not null))
            if (!places.TryAdd((cell.Cell.Model, new Place(cell.Cell.Precision, cell.Cell.Batch, cell.Cell.Concurrency, byRuntime ? RuntimeVariant.Of(cell.Cell) : null)), cell))
                throw new ArgumentException($"two cells of {scope.Key} are {RowKey(cell.Cell)}", nameof(scope));
        return [.. results.Models.Select(m => (UserText.Clean(m.Name), (IReadOnlyList<Fact>)[.. columns.Select(column => facts.Find(column.Source, m, At(places, m, column)))]))];
    }

    private static CellResult? At(Dictionary<(string Model, Place Place), CellResult> places, PlanArtifact model, TableColumn column) =>
        column is { Precision: { } precision, Batch: { } batch } ? places.GetValueOrDefault((model.Name, new Place(precision, batch, column.Concurrency, column.Variant))) : null;

    private static string RowKey(Cell cell) =>
        string.Create(CultureInfo.InvariantCulture, $"{UserText.Clean(cell.Model)}/{cell.DeviceClass}/{PrecisionName.Lower(cell.Precision)}/b{cell.Batch}/{(cell.Concurrency is { } loops ? $"c{loops}/" : "")}{cell.Provider}/{cell.Flavour}{(cell.Clocks.IsFree ? "" : $"/{cell.Clocks}")}");

    /// <summary>The coordinates of a column of a family.</summary>
    private sealed record Place(Precision Precision, int Batch, int? Concurrency, RuntimeVariant? Variant)
    {
        internal bool Holds(Cell cell) => cell.Precision == Precision && cell.Batch == Batch && cell.Concurrency == Concurrency && (Variant is null || RuntimeVariant.Of(cell) == Variant);

        internal string Fill(string template, RuntimeVariant[] variants) => template
            .Replace("{precision}", PrecisionName.Lower(Precision), StringComparison.Ordinal)
            .Replace("{PRECISION}", PrecisionName.Upper(Precision), StringComparison.Ordinal)
            .Replace("{batch}", Batch.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{concurrency}", Concurrency?.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{runtime}", Variant is null ? "" : UserText.OneLine(Variant.Among(variants)), StringComparison.Ordinal);
    }
}
