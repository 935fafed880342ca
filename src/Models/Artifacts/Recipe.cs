namespace Fleetmark.Models.Artifacts;

/// <summary>What a recipe is known to give, so that a built-in model's digest need not be worked out twice.</summary>
/// <param name="Model">Name of the model; for readers of the file.</param>
/// <param name="Definition">Digest of the definition.</param>
/// <param name="Weights">Weights recipe.</param>
/// <param name="Emitter">Version of the emitter.</param>
/// <param name="Sha256">Digest of the file it gives.</param>
/// <param name="SizeBytes">Size of that file.</param>
internal sealed record Recipe(string Model, string Definition, string Weights, int Emitter, string Sha256, long SizeBytes);
