using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Counts;

/// <summary>
/// Exact operation and parameter counts of one forward pass over one sample, by convention. Counts depend on the input size, which is
/// therefore part of the record. FLOPs here are counts; rates are FLOP/s.
/// </summary>
public sealed record ModelCounts
{
    /// <summary>Height and width the operations were counted at, in pixels.</summary>
    public required Extent InputSize { get; init; }

    /// <summary>Operations by the names of <see cref="FlopConvention"/>.</summary>
    public required IReadOnlyDictionary<string, long> Flops { get; init; }

    /// <summary>Parameters by the names of <see cref="ParameterConvention"/>.</summary>
    public required IReadOnlyDictionary<string, long> Parameters { get; init; }

    /// <summary>What a file holds once its batch normalisations are folded into the convolutions before them.</summary>
    public required long FoldedParameters { get; init; }

    /// <summary>Multiply-adds: <see cref="FlopConvention.Macs"/>.</summary>
    public long Macs => Flops[FlopConvention.Macs];

    /// <summary><see cref="ParameterConvention.Trainable"/> parameters.</summary>
    public long TrainableParameters => Parameters[ParameterConvention.Trainable];

    /// <summary>Counts a definition at its own input size.</summary>
    public static ModelCounts Of(ModelDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Of(DefinitionWork.Of(definition), new Extent(definition.Input.Dimensions[1], definition.Input.Dimensions[2]));
    }

    /// <summary>Every convention's formula.</summary>
    /// <exception cref="OverflowException">A count exceeds 2⁶³.</exception>
    internal static ModelCounts Of(NodeWork work, Extent inputSize)
    {
        checked
        {
            long macs = work.Macs;
            long twoPerConvMac = (2 * work.ConvMacs) + work.MatrixMacs;
            long normalised = 2 * work.NormalisedElements;
            long noBias = work.Weights + (2 * work.NormalisedChannels);
            long trainable = work.TrainableParameters;
            return new ModelCounts
            {
                InputSize = inputSize,
                Flops = new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    [FlopConvention.Macs] = macs,
                    [FlopConvention.TwoPerMac] = 2 * macs,
                    [FlopConvention.TwoPerConvMac] = twoPerConvMac,
                    [FlopConvention.FluidModelStat] = twoPerConvMac + normalised + work.RectifiedElements + work.PooledElements,
                    [FlopConvention.PaddleClas2020] = twoPerConvMac - work.ConvOutputs + normalised + work.PooledElements + work.PoolOutputs,
                    [FlopConvention.PaddleFlops] = macs + work.BiasedOutputs + normalised + work.GlobalAverageElements + work.AveragePoolOutputs,
                },
                Parameters = new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    [ParameterConvention.Trainable] = trainable,
                    [ParameterConvention.NoBias] = noBias,
                    [ParameterConvention.WithBatchNormStatistics] = trainable + (2 * work.NormalisedChannels),
                },
                FoldedParameters = work.Weights + work.Biases + work.FoldedBiases,
            };
        }
    }
}
