using System.Runtime.InteropServices;

namespace Fleetmark.Models.Counts;

/// <summary>
/// The quantities all counting conventions are made of, for one node and one sample, or summed. Definitions and imported graphs are both
/// brought to this form, so that one set of formulas counts them.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NodeWork
{
    /// <summary>Multiply-adds of convolutions: K·E, K = (cin/g)·kh·kw.</summary>
    internal long ConvMacs { get; init; }

    /// <summary>Output elements E of convolutions.</summary>
    internal long ConvOutputs { get; init; }

    /// <summary>Output elements of those convolutions that have a bias.</summary>
    internal long BiasedOutputs { get; init; }

    /// <summary>Multiply-adds of fully connected layers and matrix products.</summary>
    internal long MatrixMacs { get; init; }

    /// <summary>Elements that pass a batch normalisation.</summary>
    internal long NormalisedElements { get; init; }

    /// <summary>Elements that pass a rectifier: relu, relu6 and their leaky and learnt kin.</summary>
    internal long RectifiedElements { get; init; }

    /// <summary>Elements read by pools: window area times output elements, the whole grid for global ones.</summary>
    internal long PooledElements { get; init; }

    /// <summary>Output elements of pools.</summary>
    internal long PoolOutputs { get; init; }

    /// <summary>Output elements of windowed average pools.</summary>
    internal long AveragePoolOutputs { get; init; }

    /// <summary>Elements read and written by global average pools.</summary>
    internal long GlobalAverageElements { get; init; }

    /// <summary>Learnt factors: kernels and matrices.</summary>
    internal long Weights { get; init; }

    /// <summary>Learnt summands.</summary>
    internal long Biases { get; init; }

    /// <summary>Channels of batch normalisations.</summary>
    internal long NormalisedChannels { get; init; }

    /// <summary>Summands that appear when batch normalisations are folded into convolutions that have none.</summary>
    internal long FoldedBiases { get; init; }

    /// <summary>All multiply-adds.</summary>
    internal long Macs => checked(ConvMacs + MatrixMacs);

    /// <summary>Trainable parameters: weights, biases, and two per normalised channel.</summary>
    internal long TrainableParameters => checked(Weights + Biases + (2 * NormalisedChannels));

    /// <exception cref="OverflowException">A sum exceeds 2⁶³.</exception>
    public static NodeWork operator +(NodeWork a, NodeWork b) => checked(new NodeWork
    {
        ConvMacs = a.ConvMacs + b.ConvMacs,
        ConvOutputs = a.ConvOutputs + b.ConvOutputs,
        BiasedOutputs = a.BiasedOutputs + b.BiasedOutputs,
        MatrixMacs = a.MatrixMacs + b.MatrixMacs,
        NormalisedElements = a.NormalisedElements + b.NormalisedElements,
        RectifiedElements = a.RectifiedElements + b.RectifiedElements,
        PooledElements = a.PooledElements + b.PooledElements,
        PoolOutputs = a.PoolOutputs + b.PoolOutputs,
        AveragePoolOutputs = a.AveragePoolOutputs + b.AveragePoolOutputs,
        GlobalAverageElements = a.GlobalAverageElements + b.GlobalAverageElements,
        Weights = a.Weights + b.Weights,
        Biases = a.Biases + b.Biases,
        NormalisedChannels = a.NormalisedChannels + b.NormalisedChannels,
        FoldedBiases = a.FoldedBiases + b.FoldedBiases,
    });

    /// <summary>The work of one of <paramref name="batch"/> samples, or null when a quantity does not divide; parameters belong to all of them.</summary>
    internal NodeWork? PerSample(long batch)
    {
        long[] perBatch =
        [
            ConvMacs, ConvOutputs, BiasedOutputs, MatrixMacs, NormalisedElements, RectifiedElements, PooledElements, PoolOutputs, AveragePoolOutputs,
            GlobalAverageElements,
        ];
        if (perBatch.Any(quantity => quantity % batch != 0)) return null;
        return this with
        {
            ConvMacs = ConvMacs / batch,
            ConvOutputs = ConvOutputs / batch,
            BiasedOutputs = BiasedOutputs / batch,
            MatrixMacs = MatrixMacs / batch,
            NormalisedElements = NormalisedElements / batch,
            RectifiedElements = RectifiedElements / batch,
            PooledElements = PooledElements / batch,
            PoolOutputs = PoolOutputs / batch,
            AveragePoolOutputs = AveragePoolOutputs / batch,
            GlobalAverageElements = GlobalAverageElements / batch,
        };
    }
}
