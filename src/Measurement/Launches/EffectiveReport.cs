namespace Fleetmark.Measurement.Launches;

/// <summary>What really ran.</summary>
public sealed record EffectiveReport
{
    /// <summary>Precision of the arithmetic, such as <c>fp32</c>, <c>fp16(graph)</c> or <c>fp16-mixed(41/57)</c>; null when the worker does not know.</summary>
    public string? Precision { get; init; }

    /// <summary>Number of graph nodes by execution provider; null when the worker does not know.</summary>
    public IReadOnlyDictionary<string, int>? NodesByProvider { get; init; }

    /// <summary>Threads inside an operator.</summary>
    public int? Threads { get; init; }

    /// <summary>Every option that can move a number, with its value.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    /// <summary>What became of the engine the provider builds from the graph: <c>built</c>, or <c>cached</c> from an earlier launch; null for one that builds none.</summary>
    public string? Engine { get; init; }

    /// <summary>
    /// The number format a value of <see cref="Precision"/> counts as: the word before any bracket. What is mixed or unknown counts as FP32, so that it never stands for a
    /// format it did not wholly use.
    /// </summary>
    public static Precision ArithmeticOf(string precision)
    {
        ArgumentNullException.ThrowIfNull(precision);
        return precision.Split('(')[0] switch
        {
            "fp16" => Launches.Precision.Fp16,
            "int8" => Launches.Precision.Int8,
            _ => Launches.Precision.Fp32,
        };
    }
}
