using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Precision;

/// <summary>What all graphs of one conversion share.</summary>
internal sealed class HalfModel(ModelNames names, IReadOnlySet<string> keep)
{
    internal ModelNames Names => names;

    internal HalfRounding Rounding { get; } = new();

    internal List<string> HalfNodes { get; } = [];

    internal List<string> KeptNodes { get; } = [];

    internal int Casts { get; set; }

    /// <summary>FP16 tensors of the main graph in topological order, constants left out.</summary>
    internal List<InnerTensor> Inner { get; } = [];

    /// <summary>True for a node the caller wants in FP32.</summary>
    internal bool Keeps(NodeProto node) => keep.Count > 0 && keep.Contains(names.Of(node));
}
