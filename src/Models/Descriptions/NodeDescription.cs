namespace Fleetmark.Models.Descriptions;

/// <summary>One node of <c>models describe</c>.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Operation">The definition's word, or the ONNX operation of a file.</param>
/// <param name="Inputs">What it reads; of a file also its constants.</param>
/// <param name="Shape">Its output with the batch axis first; null when it cannot be inferred.</param>
/// <param name="Macs">Multiply-adds for one sample; null when the graph cannot be counted.</param>
/// <param name="Parameters">Trainable parameters; null when the graph cannot be counted.</param>
public sealed record NodeDescription(string Id, string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<long>? Shape, long? Macs, long? Parameters);
