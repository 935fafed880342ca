using System.Security.Cryptography;
using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Sessions;

/// <summary>Checks a model file before the runtime sees it: format, digest, and that all of it is in this one file.</summary>
internal static class ModelGate
{
    private const int ReadBytes = 1 << 20;

    /// <summary>Opens the gate or says why not.</summary>
    /// <exception cref="WorkerException">The file is not the one that was promised, or not all of it.</exception>
    internal static OnnxOutline Check(ModelFile model, CancellationToken cancel)
    {
        if (model.Format != "onnx") throw new WorkerException(WorkerErrorCode.Unsupported, $"model format '{model.Format}' is not read here, onnx is");
        try
        {
            using var file = new FileStream(model.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096);
            if (model.Sha256 is not null) CheckDigest(file, model, cancel);
            file.Position = 0;
            OnnxOutline outline = OnnxOutline.Read(file);
            if (outline.ExternalTensor is { } tensor)
                throw new WorkerException(WorkerErrorCode.Model, $"{model.Path}: tensor '{tensor}' lies in another file; models must be one file");
            return outline;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // An empty path is a wrong argument, not a missing file.
            throw new WorkerException(WorkerErrorCode.Model, $"the model cannot be read: {e.Message}", cause: e);
        }
        catch (InvalidDataException e)
        {
            throw new WorkerException(WorkerErrorCode.Model, $"{model.Path} is no ONNX model: {e.Message}", cause: e);
        }
    }

    private static void CheckDigest(FileStream file, ModelFile model, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[ReadBytes];
        while (file.Read(block) is var read and > 0)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(block.AsSpan(0, read));
        }

        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (!string.Equals(found, model.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new WorkerException(WorkerErrorCode.Model, $"{model.Path} has sha256 {found}, expected {model.Sha256}");
    }
}
