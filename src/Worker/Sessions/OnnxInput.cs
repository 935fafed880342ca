namespace Fleetmark.Worker.Sessions;

/// <summary>An input of an ONNX file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FreeDimensions">For each axis the name of the free dimension; empty for a fixed or nameless one.</param>
internal sealed record OnnxInput(string Name, IReadOnlyList<string> FreeDimensions);
