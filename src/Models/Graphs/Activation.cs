namespace Fleetmark.Models.Graphs;

/// <summary>The function applied to a node's result.</summary>
public enum Activation
{
    /// <summary>None.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>x · max(0, min(1, x/6 + 1/2)).</summary>
    HardSwish,

    /// <summary>1 / (1 + exp(−x)).</summary>
    Sigmoid,

    /// <summary>x · sigmoid(x).</summary>
    Swish,
}
