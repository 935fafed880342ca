namespace Fleetmark.Models.Descriptions;

/// <summary>What a model file tells about itself.</summary>
/// <param name="Sha256">Digest of its bytes.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Opset">Standard operator set.</param>
/// <param name="IrVersion">Format version.</param>
/// <param name="Producer">The program that wrote it.</param>
/// <param name="InputName">Input that is fed.</param>
/// <param name="OutputName">Output that is read.</param>
/// <param name="Output"><c>logits</c> or <c>probabilities</c>.</param>
/// <param name="FixedBatch">Batch it is fixed to, or null.</param>
/// <param name="FileParameters">Values of its learnt tensors.</param>
public sealed record FileDescription(
    string Sha256, long SizeBytes, int Opset, int IrVersion, string Producer, string InputName, string OutputName, string Output, int? FixedBatch, long FileParameters);
