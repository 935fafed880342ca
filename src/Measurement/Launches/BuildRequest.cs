namespace Fleetmark.Measurement.Launches;

/// <summary>
/// Asks our own worker to write the ONNX file of a model definition; the answer is <see cref="BuiltMessage"/>. Foreign workers never get it.
/// </summary>
public sealed record BuildRequest : WorkerRequest
{
    internal const string Word = "build";

    /// <summary>Version of the protocol; <see cref="WorkerProtocol.Version"/>.</summary>
    public int Protocol { get; init; } = WorkerProtocol.Version;

    /// <summary>Name of the model, such as <c>AlexNet</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The model definition: the YAML text itself. Empty means the worker's own one of the name, with its own recipe of weights.</summary>
    public required string Definition { get; init; }

    /// <summary>Recipe of the weights, such as <c>synthetic-v1</c>.</summary>
    public required string Weights { get; init; }

    /// <summary>SHA-256 the file must have, 64 lower-case hexadecimal digits; null when the caller does not know it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Where to write; the folder exists. A file that is there is replaced in one step.</summary>
    public required string Path { get; init; }

    internal override bool IsAnsweredBy(WorkerMessage message) => message is BuiltMessage { Conversion: null };
}
