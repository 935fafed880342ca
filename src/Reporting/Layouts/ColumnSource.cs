using Fleetmark.Documents;

namespace Fleetmark.Reporting.Layouts;

/// <summary>A source with its counting convention, where it has one: <c>model.flops(paddleclas_2020)</c>.</summary>
internal sealed record ColumnSource(SourceKind Kind, string? Convention = null)
{
    private static readonly Dictionary<string, SourceKind> Words = new(StringComparer.Ordinal)
    {
        ["model.name"] = SourceKind.ModelName,
        ["model.crop"] = SourceKind.ModelCrop,
        ["model.resizeShort"] = SourceKind.ModelResizeShort,
        ["model.params"] = SourceKind.ModelParameters,
        ["model.flops"] = SourceKind.ModelFlops,
        ["cell.device"] = SourceKind.CellDevice,
        ["cell.precision"] = SourceKind.CellPrecision,
        ["cell.batch"] = SourceKind.CellBatch,
        ["cell.provider"] = SourceKind.CellProvider,
        ["cell.runtime"] = SourceKind.CellRuntime,
        ["cell.clocks"] = SourceKind.CellClocks,
        ["cell.concurrency"] = SourceKind.CellConcurrency,
        ["latency.p50"] = SourceKind.LatencyP50,
        ["latency.mean"] = SourceKind.LatencyMean,
        ["latency.min"] = SourceKind.LatencyMinimum,
        ["latency.p90"] = SourceKind.LatencyP90,
        ["latency.p95"] = SourceKind.LatencyP95,
        ["latency.p99"] = SourceKind.LatencyP99,
        ["latency.lo"] = SourceKind.LatencyLow,
        ["latency.hi"] = SourceKind.LatencyHigh,
        ["energy.perImage"] = SourceKind.EnergyPerImage,
        ["energy.netPerImage"] = SourceKind.EnergyNetPerImage,
        ["throughput"] = SourceKind.Throughput,
        ["throughput.lo"] = SourceKind.ThroughputLow,
        ["throughput.hi"] = SourceKind.ThroughputHigh,
        ["n"] = SourceKind.SampleCount,
        ["accuracy.top1"] = SourceKind.AccuracyTop1,
        ["accuracy.top5"] = SourceKind.AccuracyTop5,
        ["reference.top1"] = SourceKind.ReferenceTop1,
        ["reference.top5"] = SourceKind.ReferenceTop5,
        ["state"] = SourceKind.State,
    };

    /// <summary>True for a duration of a latency cell, or of a throughput cell's calls under load.</summary>
    internal bool IsLatency => Kind is >= SourceKind.LatencyP50 and <= SourceKind.LatencyHigh;

    /// <summary>True for an energy of a latency cell.</summary>
    internal bool IsEnergy => Kind is SourceKind.EnergyPerImage or SourceKind.EnergyNetPerImage;

    /// <summary>True for a rate of a throughput cell.</summary>
    internal bool IsThroughput => Kind is >= SourceKind.Throughput and <= SourceKind.ThroughputHigh;

    /// <summary>True for what a single cell of the run decides, and not the model alone.</summary>
    internal bool IsOfCell => Kind is >= SourceKind.CellDevice and <= SourceKind.SampleCount or SourceKind.State;

    /// <summary>True for words; they stand left, numbers right.</summary>
    internal bool IsText => Kind is SourceKind.ModelName or SourceKind.CellDevice or SourceKind.CellPrecision or SourceKind.CellProvider or SourceKind.CellRuntime or SourceKind.CellClocks or SourceKind.State;

    /// <summary>The unit values have where the layout names none; empty for shares, counts and words.</summary>
    internal string DefaultUnit => Kind switch
    {
        _ when IsLatency => "ms",
        _ when IsEnergy => "J",
        _ when IsThroughput => "images/s",
        SourceKind.ModelFlops => "G",
        SourceKind.ModelParameters => "M",
        SourceKind.ModelCrop or SourceKind.ModelResizeShort => "px",
        _ => "",
    };

    /// <summary>The source as a layout writes it.</summary>
    public override string ToString()
    {
        string word = Words.First(w => w.Value == Kind).Key;
        return Convention is null ? word : $"{word}({Convention})";
    }

    /// <summary>Reads a source; null and a problem at <paramref name="at"/> when it is not one.</summary>
    internal static ColumnSource? Read(string text, Location at, ICollection<Problem> problems)
    {
        int bracket = text.IndexOf('(', StringComparison.Ordinal);
        string word = bracket < 0 ? text : text[..bracket];
        string? convention = bracket >= 0 && text.EndsWith(')') && text.Length > bracket + 2 ? text[(bracket + 1)..^1] : null;
        if (!Words.TryGetValue(word, out SourceKind kind))
        {
            problems.Add(new Problem("unknown-source", at.ToString(), $"source: '{text}' is not known", Suggestion.Remedy(word, Words.Keys)));
            return null;
        }

        bool counts = kind is SourceKind.ModelFlops or SourceKind.ModelParameters;
        if (counts && convention is not null || bracket < 0 && !counts) return new ColumnSource(kind, convention);
        problems.Add(new Problem("wrong-value", at.ToString(), counts ? $"source: '{word}' needs a convention" : $"source: '{word}' takes nothing in brackets", counts ? $"write {word}(paddleclas_2020), for instance" : ""));
        return null;
    }
}
