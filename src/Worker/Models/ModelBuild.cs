using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Models;

/// <summary>
/// Writes the ONNX file of a model definition: to a temporary file beside its place, hashed as it is written, and moved there only when its digest is right.
/// </summary>
internal static class ModelBuild
{
    /// <summary>Builds the file.</summary>
    /// <exception cref="WorkerException">The recipe is not known, the digest differs, or the file cannot be written.</exception>
    internal static BuiltMessage Run(BuildRequest request, CancellationToken cancel)
    {
        if (request.Weights != OnnxEmitter.WeightsRecipe)
            throw new WorkerException(WorkerErrorCode.Unsupported, $"weights recipe '{request.Weights}' is not known here, {OnnxEmitter.WeightsRecipe} is");
        ModelDefinition definition = ModelDefinition.Read(request.Definition, request.Name);
        if (definition.Name != request.Name)
            throw new WorkerException(WorkerErrorCode.Model, $"the definition is of model '{definition.Name}', not '{request.Name}'");
        string temporary = $"{request.Path}.{Environment.ProcessId}.building";
        try
        {
            BuiltMessage built = Write(definition, temporary, cancel);
            if (request.Sha256 is { } expected && !string.Equals(expected, built.Sha256, StringComparison.OrdinalIgnoreCase))
                throw new WorkerException(WorkerErrorCode.Model, $"model '{request.Name}' is not reproducible here: built {built.Sha256}, expected {expected}");
            File.Move(temporary, request.Path, overwrite: true);
            MakeRenameDurable(Path.GetDirectoryName(Path.GetFullPath(request.Path))!);
            return built;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorkerException(WorkerErrorCode.BadRequest, $"the model file cannot be written: {e.Message}", cause: e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    private static BuiltMessage Write(ModelDefinition definition, string path, CancellationToken cancel)
    {
        using var sha256 = SHA256.Create();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        using (var hashing = new CryptoStream(file, sha256, CryptoStreamMode.Write, leaveOpen: true)) OnnxEmitter.Emit(definition, hashing, cancel);
        file.Flush(flushToDisk: true);
        return new BuiltMessage { Sha256 = Convert.ToHexStringLower(sha256.Hash!), SizeBytes = file.Length };
    }

    private static void MakeRenameDurable(string folder)
    {
        int descriptor = NativeMethods.Open(folder, NativeMethods.OpenDirectory);
        if (descriptor < 0) throw new IOException($"{folder}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        int result = NativeMethods.Synchronise(descriptor);
        NativeMethods.Close(descriptor);
        if (result != 0) throw new IOException($"{folder} cannot be flushed");
    }
}
