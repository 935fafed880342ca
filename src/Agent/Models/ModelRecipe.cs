namespace Fleetmark.Agent.Models;

/// <summary>The model file a launch needs, and how a worker can write it.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Sha256">SHA-256 of the file, 64 lower-case hexadecimal digits.</param>
/// <param name="Definition">YAML it is built from; empty for an imported file, which cannot be built.</param>
/// <param name="Weights">Recipe of the weights; empty for an imported file.</param>
internal sealed record ModelRecipe(string Name, string Sha256, string Definition, string Weights);
