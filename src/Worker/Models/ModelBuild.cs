using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Zoo;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Models;

/// <summary>Writes the ONNX file of a model definition.</summary>
internal static class ModelBuild
{
    /// <summary>Builds the file.</summary>
    /// <exception cref="WorkerException">The recipe is not known, the digest differs, or the file cannot be written.</exception>
    internal static BuiltMessage Run(BuildRequest request, CancellationToken cancel)
    {
        // An agent that calibrates has no plan to take a definition from.
        bool isOwn = request.Definition.Length == 0;
        if (!isOwn && request.Weights != OnnxEmitter.WeightsRecipe)
            throw new WorkerException(WorkerErrorCode.Unsupported, $"weights recipe '{request.Weights}' is not known here, {OnnxEmitter.WeightsRecipe} is");
        ModelDefinition definition = !isOwn ? ModelDefinition.Read(request.Definition, request.Name)
            : ModelZoo.BuiltIn.TryFind(request.Name) ?? throw new WorkerException(WorkerErrorCode.Model, $"there is no built-in model '{request.Name}'");
        if (definition.Name != request.Name)
            throw new WorkerException(WorkerErrorCode.Model, $"the definition is of model '{definition.Name}', not '{request.Name}'");
        return ModelWriting.Write($"model '{request.Name}'", request.Path, request.Sha256, target => OnnxEmitter.Emit(definition, target, cancel));
    }
}
