using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Plans;

/// <summary>The closed lists of words a plan may use, in the order in which messages list them.</summary>
internal static class PlanWords
{
    internal static readonly IReadOnlyDictionary<string, Precision> Precisions = new Dictionary<string, Precision>(StringComparer.Ordinal)
    {
        ["fp32"] = Precision.Fp32,
        ["fp16"] = Precision.Fp16,
        ["int8"] = Precision.Int8,
    };

    internal static readonly IReadOnlyDictionary<string, Scope> Scopes = new Dictionary<string, Scope>(StringComparer.Ordinal)
    {
        ["e2e"] = Scope.EndToEnd,
        ["device"] = Scope.Device,
    };

    internal static readonly IReadOnlyDictionary<string, Effort> Efforts = new Dictionary<string, Effort>(StringComparer.Ordinal)
    {
        ["quick"] = Effort.Quick,
        ["standard"] = Effort.Standard,
        ["publish"] = Effort.Publish,
    };

    internal static readonly IReadOnlyList<string> Providers = [ExecutionProviders.Cpu, ExecutionProviders.Cuda, ExecutionProviders.TensorRt];

    /// <summary>Languages tables are printed in.</summary>
    internal static readonly IReadOnlyList<string> Languages = ["en", "zh-CN"];

    /// <summary>The word of a value.</summary>
    internal static string Of<T>(IReadOnlyDictionary<string, T> words, T value) where T : struct, Enum =>
        words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Key;
}
