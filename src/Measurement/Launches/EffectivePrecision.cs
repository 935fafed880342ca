namespace Fleetmark.Measurement.Launches;

/// <summary>
/// What a model was really computed in, by the graph that ran. The words: <c>fp32</c>; <c>fp16(graph)</c>, every node that carries arithmetic read FP16;
/// <c>fp16(trt-mixed)</c>, an engine that chooses FP16 layer by layer and tells nobody; <c>fp16-mixed(41/57)</c>, so many of so many; <c>fp32(weights fp16-rounded)</c>, an FP16
/// model that the provider computed in FP32; <c>int8(graph)</c>, every such node read integers of eight bits; <c>mixed(float 12, uint8 41)</c>, what other formats came together.
/// </summary>
public static class EffectivePrecision
{
    /// <summary>An FP16 model that was computed in FP32.</summary>
    public const string Emulated = "fp32(weights fp16-rounded)";

    private const string TensorRt = "TensorrtExecutionProvider";

    /// <summary>The word, or null where the graph proves nothing: no node carries arithmetic, or another format was asked for.</summary>
    /// <param name="graph">The graph as it ran.</param>
    /// <param name="requested">What was asked.</param>
    public static string? Of(GraphReport graph, Precision requested)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (requested is not (Precision.Fp32 or Precision.Fp16)) return null;
        // Inside an engine nobody sees nodes. One asked for FP16 may use it everywhere, one asked for FP32 nowhere.
        int engines = graph.NodesByProvider?.GetValueOrDefault(TensorRt) ?? 0;
        int half = graph.InputTypes.GetValueOrDefault("float16") + (requested == Precision.Fp16 ? engines : 0);
        int all = graph.InputTypes.Values.Sum() + engines;
        if (all == 0) return null;
        if (graph.InputTypes.Keys.Any(type => type is not ("float" or "float16"))) return OfOthers(graph.InputTypes, engines);
        if (half == 0) return requested == Precision.Fp16 ? Emulated : "fp32";
        if (half < all) return $"fp16-mixed({half}/{all})";
        return requested == Precision.Fp16 && engines > 0 ? "fp16(trt-mixed)" : "fp16(graph)";
    }

    private static string OfOthers(IReadOnlyDictionary<string, int> types, int engines) => engines == 0 && types.Keys.All(type => type is "int8" or "uint8")
        ? "int8(graph)"
        : $"mixed({string.Join(", ", types.OrderBy(type => type.Key, StringComparer.Ordinal).Select(type => $"{type.Key} {type.Value}"))})";
}
