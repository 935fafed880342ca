namespace Fleetmark.Measurement.Launches;

/// <summary>The output of one call, taken after sampling.</summary>
public sealed record OutputReport
{
    /// <summary>True when every value is finite; false fails the launch as <c>wrong-output</c>.</summary>
    public required bool Finite { get; init; }

    /// <summary>SHA-256 of the output bytes, hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Number of subnormal values.</summary>
    public int? Denormals { get; init; }

    /// <summary>Index of the largest value of each image.</summary>
    public IReadOnlyList<int>? Top1 { get; init; }

    /// <summary>The first values of the first image, at most 16.</summary>
    public IReadOnlyList<float>? Head { get; init; }
}
