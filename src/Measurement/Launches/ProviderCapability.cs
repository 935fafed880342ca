namespace Fleetmark.Measurement.Launches;

/// <summary>One execution provider of a worker.</summary>
public sealed record ProviderCapability
{
    /// <summary>Its name, such as <c>cpu</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The devices it was tried on; of the CPU one entry without UUID.</summary>
    public required IReadOnlyList<DeviceCapability> Devices { get; init; }

    /// <summary>Precisions it computes in, such as <c>fp32</c>; words a reader does not know are skipped.</summary>
    public IReadOnlyList<string> Precisions { get; init => field = value ?? []; } = [];

    /// <summary>Scopes it can time, such as <c>e2e</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init => field = value ?? []; } = [];

    /// <summary>Kinds of launch it does, such as <c>latency</c>.</summary>
    public IReadOnlyList<string> Kinds { get; init => field = value ?? []; } = [];
}
