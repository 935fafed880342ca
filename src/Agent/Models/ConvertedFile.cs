using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Models;

/// <summary>An FP16 file that was made and compared on this machine.</summary>
public sealed record ConvertedFile
{
    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its size.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>What was done.</summary>
    public required ConversionReport Conversion { get; init; }

    /// <summary>How far it is from its source.</summary>
    public required PrecisionCheck Check { get; init; }

    /// <summary>What this machine's CPU computes it in; null when the graph proves nothing.</summary>
    public required string? ComputedIn { get; init; }

    /// <summary>Nodes that had to stay in FP32 beside those that do by rule.</summary>
    public required IReadOnlyList<string> Keep { get; init; }

    /// <summary>The value that overflowed before its node went back to FP32; null when none did.</summary>
    public required string? Overflow { get; init; }
}
