namespace Fleetmark.Models.Counts;

/// <summary>Names of the ways to count parameters.</summary>
public static class ParameterConvention
{
    /// <summary>Weights, biases and 2 per batch-normalised channel.</summary>
    public const string Trainable = "trainable";

    /// <summary>Weights and 2 per batch-normalised channel; goes with <see cref="FlopConvention.PaddleClas2020"/>.</summary>
    public const string NoBias = "no_bias";

    /// <summary><see cref="Trainable"/> and 2 statistics per batch-normalised channel: what a file holds; goes with <see cref="FlopConvention.PaddleFlops"/>.</summary>
    public const string WithBatchNormStatistics = "with_bn_stats";

    /// <summary>All names, the most used first.</summary>
    public static IReadOnlyList<string> All { get; } = [Trainable, NoBias, WithBatchNormStatistics];
}
