namespace Fleetmark.Models.Graphs;

/// <summary>The words definitions use for operations and activations.</summary>
internal static class NodeWords
{
    internal static IReadOnlyDictionary<string, NodeOperation> Operations { get; } = new Dictionary<string, NodeOperation>(StringComparer.Ordinal)
    {
        ["conv"] = NodeOperation.Conv,
        ["maxpool"] = NodeOperation.MaxPool,
        ["avgpool"] = NodeOperation.AveragePool,
        ["globalavgpool"] = NodeOperation.GlobalAveragePool,
        ["flatten"] = NodeOperation.Flatten,
        ["fc"] = NodeOperation.FullyConnected,
        ["scale"] = NodeOperation.Scale,
        ["concat"] = NodeOperation.Concat,
        ["add"] = NodeOperation.Add,
        ["mul"] = NodeOperation.Multiply,
    };

    internal static IReadOnlyDictionary<string, Activation> Activations { get; } = new Dictionary<string, Activation>(StringComparer.Ordinal)
    {
        ["relu"] = Activation.Relu,
        ["relu6"] = Activation.Relu6,
        ["hardswish"] = Activation.HardSwish,
        ["sigmoid"] = Activation.Sigmoid,
        ["swish"] = Activation.Swish,
    };

    internal static string Of(NodeOperation operation) => Operations.Single(word => word.Value == operation).Key;

    /// <summary>The word of an activation; <c>-</c> for none.</summary>
    internal static string Of(Activation activation) => activation == Activation.None ? "-" : Activations.Single(word => word.Value == activation).Key;
}
