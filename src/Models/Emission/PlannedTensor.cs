namespace Fleetmark.Models.Emission;

/// <summary>An initializer of a file to be: float32, filled either uniformly in ±<see cref="Amplitude"/> or with <see cref="Value"/>.</summary>
/// <param name="Name">Tensor name.</param>
/// <param name="Dimensions">Sizes; empty for a scalar.</param>
/// <param name="Amplitude">Half the width of the uniform range, or null for a constant.</param>
/// <param name="Value">The constant; 0 when <paramref name="Amplitude"/> is given.</param>
internal sealed record PlannedTensor(string Name, IReadOnlyList<long> Dimensions, float? Amplitude, float Value)
{
    /// <summary>Number of values.</summary>
    internal long Elements => Dimensions.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Size of the data.</summary>
    internal long Bytes => checked(Elements * sizeof(float));

    internal static PlannedTensor Uniform(string name, float amplitude, params ReadOnlySpan<long> dimensions) => new(name, dimensions.ToArray(), amplitude, 0);

    internal static PlannedTensor Constant(string name, float value, params ReadOnlySpan<long> dimensions) => new(name, dimensions.ToArray(), null, value);
}
