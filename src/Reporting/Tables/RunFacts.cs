using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>The facts of one run, as stored.</summary>
internal sealed class RunFacts(RunResults results, Language language) : IFactSource
{
    private readonly Dictionary<string, PlanModel> _planned = results.Plan.Models.ToDictionary(m => m.Name, StringComparer.Ordinal);

    /// <inheritdoc/>
    public Fact Find(ColumnSource source, PlanArtifact model, CellResult? cell) => source.Kind switch
    {
        SourceKind.ModelName => Fact.OfWords(model.Name),
        SourceKind.ModelCrop => Fact.OfCount(Planned(model)?.Crop ?? model.Crop),
        SourceKind.ModelResizeShort => Fact.OfCount(Planned(model)?.ResizeShort ?? model.ResizeShort),
        SourceKind.ModelParameters => Counted(model, source.Convention!),
        SourceKind.ModelFlops when Planned(model)?.Crop is { } crop && crop != model.Crop => Fact.Absent(ReasonWord.OtherSize),
        SourceKind.ModelFlops => Counted(model, source.Convention!),
        SourceKind.AccuracyTop1 or SourceKind.AccuracyTop5 => Fact.Absent(ReasonWord.NotMeasuredHere),
        SourceKind.ReferenceTop1 or SourceKind.ReferenceTop5 => results.Plan.References.Count > 0 ? Fact.Absent(ReasonWord.NoReferences) : Fact.NotPublished,
        _ => cell is null ? Fact.NotPlanned : OfCell(source.Kind, cell),
    };

    private PlanModel? Planned(PlanArtifact model) => _planned.GetValueOrDefault(model.Name);

    private static Fact Counted(PlanArtifact model, string convention) =>
        model.Counts.TryGetValue(convention, out long count) ? Fact.OfCount(count) : Fact.Absent(ReasonWord.NotCounted);

    private Fact OfCell(SourceKind kind, CellResult cell) => kind switch
    {
        SourceKind.CellDevice => Fact.OfWords(cell.Cell.DeviceClass),
        SourceKind.CellPrecision => Fact.OfWords(PrecisionName.Upper(cell.Cell.Precision)),
        SourceKind.CellBatch => Fact.OfCount(cell.Cell.Batch),
        SourceKind.CellProvider => Fact.OfWords(cell.Cell.Provider),
        SourceKind.CellRuntime => Fact.OfWords(cell.Cell.Flavour),
        SourceKind.CellClocks => Fact.OfWords(cell.Cell.Clocks.ToString()),
        SourceKind.CellConcurrency => Fact.OfCount(cell.Cell.Concurrency ?? 1),
        SourceKind.State => Fact.OfWords(Texts.In(language).State(cell.State)),
        SourceKind.SampleCount => cell.P50Us is null ? Placed(cell) : Placed(cell) with { Kind = FactKind.Number, Number = new Quantity((long)cell.Count) },
        SourceKind.LatencyP50 => Timed(cell, cell.P50Us) with { Low = Quantity.From(cell.CiLowUs), High = Quantity.From(cell.CiHighUs) },
        SourceKind.LatencyMean => Timed(cell, cell.MeanUs),
        SourceKind.LatencyMinimum => Timed(cell, cell.MinUs),
        SourceKind.LatencyP90 => Timed(cell, cell.P90Us),
        SourceKind.LatencyP95 => Timed(cell, cell.P95Us),
        SourceKind.LatencyP99 => Timed(cell, cell.P99Us),
        SourceKind.Throughput => Rated(cell, cell.RatePerS) with { Low = Quantity.From(cell.RateLowPerS), High = Quantity.From(cell.RateHighPerS) },
        SourceKind.ThroughputLow => Rated(cell, cell.RateLowPerS),
        SourceKind.ThroughputHigh => Rated(cell, cell.RateHighPerS),
        SourceKind.LatencyLow => Timed(cell, cell.CiLowUs),
        SourceKind.LatencyHigh => Timed(cell, cell.CiHighUs),
        SourceKind.EnergyPerImage => Metered(cell, cell.EnergyUjPerItem),
        SourceKind.EnergyNetPerImage => Metered(cell, cell.EnergyNetUjPerItem),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>A duration of a cell: the number, or the state in its place, or a measurement too small for this statistic.</summary>
    private static Fact Timed(CellResult cell, double? us) => Numbered(cell, cell.P50Us is not null, us);

    /// <summary>A rate of a cell in the same way.</summary>
    private static Fact Rated(CellResult cell, double? perS) => Numbered(cell, cell.RatePerS is not null, perS);

    private static Fact Numbered(CellResult cell, bool isMeasured, double? value)
    {
        Fact fact = Placed(cell);
        if (!isMeasured || !HasNumber(cell.State)) return fact;
        return value is { } number ? fact with { Kind = FactKind.Number, Number = new Quantity(number) } : fact with { Kind = FactKind.NeedsSamples };
    }

    /// <summary>An energy of a cell: the number, or the state in its place, or a cell that was timed without it.</summary>
    private static Fact Metered(CellResult cell, double? microjoules)
    {
        Fact fact = Placed(cell);
        if (cell.P50Us is null || !HasNumber(cell.State)) return fact;
        return microjoules is { } number
            ? fact with { Kind = FactKind.Number, Number = new Quantity(number) }
            : fact with { State = CellState.Missing, Code = ReasonWord.NoEnergy };
    }

    private static Fact Placed(CellResult cell) => new()
    {
        Kind = FactKind.NoNumber,
        State = cell.State,
        Code = cell.Code,
        Count = cell.P50Us is null ? null : cell.Count,
        Notes = cell.Notes,
        RanAs = cell.PrecisionEffective is { } ran && Arithmetic(ran) != PrecisionName.Lower(cell.Cell.Precision) ? ran : null,
        Attempts = cell.Attempts,
        Cell = cell.Cell,
    };

    private static bool HasNumber(CellState state) => state is CellState.Valid or CellState.Unstable or CellState.Throttled or CellState.Contended or CellState.Stale;

    /// <summary>The arithmetic in <c>fp16(graph)</c>.</summary>
    private static string Arithmetic(string ran) => ran.IndexOf('(', StringComparison.Ordinal) is > 0 and var bracket ? ran[..bracket] : ran;
}
