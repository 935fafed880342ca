using System.Text.Json;

namespace Fleetmark.Contracts.Results;

/// <summary>What surrounded a launch and does not change from one to the next.</summary>
public sealed record EnvironmentReport
{
    /// <summary>SHA-256 of the canonical JSON of <see cref="Detail"/>, 32 bytes.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>SHA-256 of the part that decides whether two results may be compared (no host name, no ids), 32 bytes.</summary>
    public required byte[] Comparable { get; init; }

    /// <summary>Runtime flavour, such as <c>ort131-cpu</c>.</summary>
    public required string Flavour { get; init; }

    /// <summary>Name of the runtime, such as <c>ONNX Runtime</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>Version of the runtime as it reports it.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>Version of the agent.</summary>
    public required string AgentVersion { get; init; }

    /// <summary>GPU driver; null on a CPU.</summary>
    public string? Driver { get; init; }

    /// <summary>CUDA runtime the worker used; null when it used none or did not say.</summary>
    public string? Cuda { get; init; }

    /// <summary>cuDNN the worker used; null when it used none or did not say.</summary>
    public string? Cudnn { get; init; }

    /// <summary>TensorRT the worker used; null when it used none or did not say.</summary>
    public string? Tensorrt { get; init; }

    /// <summary>Digest of the container image the agent runs in; null outside of one, or when nobody told it.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>Everything known: hardware, software, host.</summary>
    public required JsonElement Detail { get; init; }
}
