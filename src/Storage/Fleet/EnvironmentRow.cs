namespace Fleetmark.Storage.Fleet;

/// <summary>What surrounded a launch and does not change from one to the next; one row per fingerprint. Table <c>environment</c>.</summary>
internal sealed class EnvironmentRow
{
    public int EnvironmentId { get; init; }

    public required byte[] Fingerprint { get; init; }

    public required byte[] Comparable { get; init; }

    public required string Flavour { get; init; }

    public required string Runtime { get; init; }

    public required string RuntimeVersion { get; init; }

    public string? Driver { get; init; }

    public string? Cuda { get; init; }

    public string? Cudnn { get; init; }

    public string? Tensorrt { get; init; }

    public required string AgentVersion { get; init; }

    public string? ImageDigest { get; init; }

    public required string Detail { get; init; }
}
