namespace Fleetmark.Measurement.Launches;

/// <summary>A model file was written: the answer to <see cref="BuildRequest"/> and <see cref="ConvertRequest"/>.</summary>
public sealed record BuiltMessage : WorkerMessage
{
    internal const string Word = "built";

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length of the file in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>What a conversion did; null for a file that was built.</summary>
    public ConversionReport? Conversion { get; init; }
}
