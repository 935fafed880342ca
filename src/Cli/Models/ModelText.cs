using System.Globalization;
using System.Text;
using Fleetmark.Agent.Models;
using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Descriptions;

namespace Fleetmark.Cli.Models;

/// <summary>Models as a person reads them.</summary>
internal static class ModelText
{
    private const long Giga = 1_000_000_000;
    private const long Mega = 1_000_000;

    /// <summary>The list as an aligned table; the convention of each count stands in its head.</summary>
    public static string Of(ModelList list)
    {
        int width = Math.Max(5, list.Models.Max(m => m.Name.Length));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"model".PadRight(width)}  {"input",-13}  {"trainable (M)",13}  {"macs (G)",9}  {"paddleclas_2020 (G)",19}  weights");
        foreach (ModelSummary model in list.Models)
        {
            string input = string.Join('x', model.Input);
            string parameters = CountText.Rounded(model.Parameters[ParameterConvention.Trainable], Mega, 3);
            string macs = CountText.Rounded(model.Flops[FlopConvention.Macs], Giga, 3);
            string flops = CountText.Rounded(model.Flops[FlopConvention.PaddleClas2020], Giga, 3);
            text.Append(CultureInfo.InvariantCulture, $"\n{model.Name.PadRight(width)}  {input,-13}  {parameters,13}  {macs,9}  {flops,19}  {model.Weights}");
        }

        return text.ToString();
    }

    /// <summary>One model: its counts, then its nodes with their output shapes.</summary>
    public static string Of(ModelDescription model)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{model.Name}: input {string.Join('x', model.Input)}, {model.Classes?.ToString(CultureInfo.InvariantCulture) ?? "unknown number of"} classes, weights {model.Weights}");
        if (model.Uncounted is { } why) text.Append(CultureInfo.InvariantCulture, $"\nnot counted: {why}");
        foreach ((string convention, long count) in (model.Parameters ?? EmptyCounts).Concat(model.Flops ?? EmptyCounts))
            text.Append(CultureInfo.InvariantCulture, $"\n{convention,-18} {count,18:N0}");
        int width = model.Nodes.Count == 0 ? 0 : model.Nodes.Max(n => n.Id.Length);
        foreach (NodeDescription node in model.Nodes)
            text.Append(CultureInfo.InvariantCulture, $"\n{node.Id.PadRight(width)}  {node.Operation,-18} {(node.Shape is null ? "?" : string.Join('x', node.Shape))}");
        return text.ToString();
    }

    /// <summary>A conversion to FP16: what was done, and how far the file is from its source.</summary>
    public static string Of(ConvertedFile file)
    {
        ConversionReport done = file.Conversion;
        PrecisionCheck check = file.Check;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"converted: {done.Tensors} tensors with {done.Values:N0} values; {done.Saturated} saturated, {done.Flushed} became zero, {done.Subnormal} subnormal");
        text.Append(CultureInfo.InvariantCulture, $"\ngraph: {done.HalfNodes} nodes in FP16, {done.KeptNodes} in FP32, {done.Casts} casts, {done.Folded} batch normalisations folded");
        if (done.Kept.Count > 0) text.Append(CultureInfo.InvariantCulture, $"\nin FP32: {string.Join(", ", done.Kept)}{(done.KeptNodes > done.Kept.Count ? ", …" : "")}");
        if (file.Keep.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"\nof these not by rule: {string.Join(", ", file.Keep)}{(file.Overflow is null ? ", because answers differed" : $", because {file.Overflow} overflowed")}");
        text.Append(CultureInfo.InvariantCulture, $"\nparity with FP32 on {check.Inputs} seeded inputs: top-1 agreement {check.Top1Agreements}/{check.Inputs}");
        if (check.Ties > 0) text.Append(CultureInfo.InvariantCulture, $" and {check.Ties} ties in FP16");
        text.Append(CultureInfo.InvariantCulture, $", largest absolute difference {check.MaxAbsDifference:G3}, smallest cosine {Math.Floor(check.MinCosine * 1e7) / 1e7:0.0000000}");
        text.Append(CultureInfo.InvariantCulture, $"\nthis CPU computes it as {file.ComputedIn ?? "nobody can say: no node carries arithmetic"}; SHA-256 {file.Sha256}");
        return text.ToString();
    }

    private static IReadOnlyDictionary<string, long> EmptyCounts { get; } = new Dictionary<string, long>(StringComparer.Ordinal);
}
