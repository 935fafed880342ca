namespace Fleetmark.Storage.Regressions;

/// <summary>A sentinel cell measured twice as if different: what a device's numbers move by when nothing changed. Table <c>aa_pair</c>.</summary>
internal sealed class SentinelPairRow
{
    public long RunId { get; init; }

    public int DeviceId { get; init; }

    public required string Sentinel { get; init; }

    public double LogRatio { get; init; }

    public double P { get; init; }

    public DateTimeOffset FinishedAt { get; init; }
}
