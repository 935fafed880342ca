namespace Fleetmark.Measurement.Launches;

/// <summary>What really ran.</summary>
public sealed record EffectiveReport
{
    /// <summary>Precision of the arithmetic, such as <c>fp32</c> or <c>fp16(graph)</c>.</summary>
    public string? Precision { get; init; }

    /// <summary>Number of graph nodes by execution provider; null when the worker does not know.</summary>
    public IReadOnlyDictionary<string, int>? NodesByProvider { get; init; }

    /// <summary>Threads inside an operator.</summary>
    public int? Threads { get; init; }

    /// <summary>Every option that can move a number, with its value.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    /// <summary>
    /// The number format <see cref="Precision"/> counts as: the word before any bracket; null when it is mixed or unknown, so it can never stand for a pure format.
    /// </summary>
    public Precision? Arithmetic() => Precision?.Split('(')[0] switch
    {
        "fp32" => Launches.Precision.Fp32,
        "fp16" => Launches.Precision.Fp16,
        "int8" => Launches.Precision.Int8,
        _ => null,
    };
}
