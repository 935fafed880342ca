namespace Fleetmark.Models.Graphs;

/// <summary>What a node of a definition computes, before batch normalisation and activation.</summary>
public enum NodeOperation
{
    /// <summary><c>conv</c>: 2-D convolution, grouped and dilated when asked; padding is zero.</summary>
    Conv,

    /// <summary><c>maxpool</c>: largest value of a window; padding is minus infinity.</summary>
    MaxPool,

    /// <summary><c>avgpool</c>: mean of a window; padding is not counted.</summary>
    AveragePool,

    /// <summary><c>globalavgpool</c>: mean of each channel, giving <c>[C, 1, 1]</c>.</summary>
    GlobalAveragePool,

    /// <summary><c>flatten</c>: <c>[C, H, W]</c> to <c>[C·H·W]</c>.</summary>
    Flatten,

    /// <summary><c>fc</c>: matrix product with a weight stored <c>[cin, cout]</c>.</summary>
    FullyConnected,

    /// <summary><c>scale</c>: multiplication by one constant.</summary>
    Scale,

    /// <summary><c>concat</c>: along channels.</summary>
    Concat,

    /// <summary><c>add</c>: elementwise sum of equal shapes.</summary>
    Add,

    /// <summary><c>mul</c>: elementwise product; a <c>[C, 1, 1]</c> factor is spread over the grid.</summary>
    Multiply,
}
