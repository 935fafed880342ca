namespace Fleetmark.Measurement.Launches;

/// <summary>One input of the model with the shape of the cell.</summary>
public sealed record InputTensor
{
    /// <summary>Name for people; inputs are bound by position.</summary>
    public required string Name { get; init; }

    /// <summary>Element type, such as <c>float32</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Shape without free dimensions, such as <c>[4, 3, 224, 224]</c> (NCHW).</summary>
    public required IReadOnlyList<int> Shape { get; init; }
}
