namespace Fleetmark.Models.Imported;

/// <summary>A node of an imported graph.</summary>
/// <param name="Name">Its name, or that of its first output where exporters leave names out.</param>
/// <param name="Operation">ONNX operation, with its domain unless it is the standard one.</param>
/// <param name="Inputs">Tensors it reads.</param>
/// <param name="Output">Shape of its first output with the batch axis first, batch 1 unless the file fixes it; null when unknown.</param>
/// <param name="Macs">Multiply-adds for one sample; null when the graph cannot be counted.</param>
/// <param name="Parameters">Trainable parameters; null when the graph cannot be counted.</param>
public sealed record ImportedNode(string Name, string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<long>? Output, long? Macs, long? Parameters);
