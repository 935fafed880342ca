namespace Fleetmark.Measurement.Launches;

/// <summary>The device of a launch; absent for a CPU.</summary>
public sealed record LaunchDevice
{
    /// <summary>Index among the devices the worker can see.</summary>
    public int Index { get; init; }

    /// <summary>UUID of the device, such as <c>GPU-…</c>.</summary>
    public string? Uuid { get; init; }

    /// <summary>CUDA compute capability, such as <c>7.5</c>.</summary>
    public string? ComputeCapability { get; init; }

    /// <summary>What the hardware calls itself, such as <c>Tesla T4</c>; part of the key of built engines.</summary>
    public string? Name { get; init; }

    /// <summary>Version of the driver, such as <c>570.86.15</c>; part of the key of built engines.</summary>
    public string? Driver { get; init; }
}
