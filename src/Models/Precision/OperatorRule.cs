using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Precision;

/// <summary>What the conversion has to know of an operator.</summary>
/// <param name="Use">How it takes part.</param>
/// <param name="Result">Element type of a result, from the node, the element types of its inputs (0 where unknown) and the number of the result.</param>
internal sealed record OperatorRule(OperatorUse Use, Func<NodeProto, IReadOnlyList<int>, int, int> Result);
