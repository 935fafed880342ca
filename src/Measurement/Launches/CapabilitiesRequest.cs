namespace Fleetmark.Measurement.Launches;

/// <summary>Asks what the worker can do on this machine; the answer is <see cref="CapabilitiesMessage"/>.</summary>
public sealed record CapabilitiesRequest : WorkerRequest
{
    internal const string Word = "capabilities";

    /// <summary>Version of the protocol; <see cref="WorkerProtocol.Version"/>.</summary>
    public int Protocol { get; init; } = WorkerProtocol.Version;

    /// <summary>The device to try; null for the CPU.</summary>
    public LaunchDevice? Device { get; init; }

    internal override bool IsAnsweredBy(WorkerMessage message) => message is CapabilitiesMessage;
}
