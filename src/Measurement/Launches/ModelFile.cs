namespace Fleetmark.Measurement.Launches;

/// <summary>The model of a launch.</summary>
public sealed record ModelFile
{
    /// <summary>Path on the worker's machine.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits; null when the caller does not know it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Format of the file, such as <c>onnx</c>.</summary>
    public required string Format { get; init; }
}
