using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Precision;

/// <summary>
/// A tensor of the source graph and what the converted graph has of it: of a FLOAT tensor an FP32 version, an FP16 version, or both. A result has one version from its
/// node; the other is a Cast, made when somebody asks. A constant, and a Cast from another type, is made in the versions that are asked for.
/// </summary>
internal sealed class HalfTensor
{
    /// <summary>Its name in the source.</summary>
    internal required string Name { get; init; }

    /// <summary>Its element type in the source; 0 where unknown.</summary>
    internal required int Type { get; init; }

    /// <summary>The graph that defines it.</summary>
    internal required HalfScope Home { get; init; }

    /// <summary>Name of the FP32 version; of a tensor of another type its only name. Null until it is asked for.</summary>
    internal string? Single { get; set; }

    /// <summary>Name of the FP16 version; null until it is asked for.</summary>
    internal string? Half { get; set; }

    /// <summary>True for a result of the model: the FP32 version keeps the name.</summary>
    internal bool IsModelOutput { get; init; }

    /// <summary>The initializer it is.</summary>
    internal TensorProto? Initializer { get; init; }

    /// <summary>The node that makes it in either version: Constant, or Cast from a type that is no fraction.</summary>
    internal NodeProto? Maker { get; init; }

    /// <summary>True for constants.</summary>
    internal bool IsConstant { get; init; }

    /// <summary>True for values that come from integers alone, such as sizes: they leave the range of FP16 easily and cost nothing in FP32.</summary>
    internal bool IsCounted { get; init; }

    /// <summary>True for what may be converted.</summary>
    internal bool IsFloat => Type == (int)ElementType.Float;
}
