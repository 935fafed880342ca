using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Counts;

/// <summary>The work of a definition's nodes.</summary>
internal static class DefinitionWork
{
    internal static NodeWork Of(ModelDefinition definition) => definition.Nodes.Aggregate(default(NodeWork), (sum, node) => sum + Of(node));

    internal static NodeWork Of(ModelNode node)
    {
        long outputs = node.Output.Elements;
        long bias = node.Bias ? node.Output.Channels : 0;
        NodeWork work = node.Operation switch
        {
            NodeOperation.Conv => new NodeWork
            {
                ConvMacs = node.FanIn * outputs,
                ConvOutputs = outputs,
                BiasedOutputs = node.Bias ? outputs : 0,
                Weights = node.Weights,
                Biases = bias,
            },
            NodeOperation.FullyConnected => new NodeWork { MatrixMacs = node.Weights, Weights = node.Weights, Biases = bias },
            NodeOperation.MaxPool => new NodeWork { PooledElements = node.Window!.Kernel.Area * outputs, PoolOutputs = outputs },
            NodeOperation.AveragePool => new NodeWork
            {
                PooledElements = node.Window!.Kernel.Area * outputs,
                PoolOutputs = outputs,
                AveragePoolOutputs = outputs,
            },
            NodeOperation.GlobalAveragePool => new NodeWork
            {
                PooledElements = node.InputShapes[0].Elements,
                PoolOutputs = outputs,
                GlobalAverageElements = node.InputShapes[0].Elements + outputs,
            },
            _ => default,
        };
        if (node.BatchNorm)
            work = work with { NormalisedElements = outputs, NormalisedChannels = node.Output.Channels, FoldedBiases = node.Bias ? 0 : node.Output.Channels };
        return node.Activation is Activation.Relu or Activation.Relu6 ? work with { RectifiedElements = outputs } : work;
    }
}
