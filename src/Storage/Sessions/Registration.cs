using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Storage.Sessions;

/// <summary>What an agent says of itself when it dials.</summary>
public sealed record Registration
{
    /// <summary>SHA-256 of its credential, 32 bytes.</summary>
    public required byte[] CredentialSha256 { get; init; }

    /// <summary>New for every process of the agent.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>Number of the dial; only a higher one than the last is let in.</summary>
    public required long SessionEpoch { get; init; }

    /// <summary>Name of the machine.</summary>
    public required string Host { get; init; }

    /// <summary>Version of the agent.</summary>
    public required string Version { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>What the harness adds to a call on its machine; null when it says nothing new.</summary>
    public SelfCheckReport? SelfCheck { get; init; }

    /// <summary>Its devices.</summary>
    public required IReadOnlyList<RegisteredDevice> Devices { get; init; }

    /// <summary>What came of trying the runtimes on its devices.</summary>
    public IReadOnlyList<RegisteredFlavour> Flavours { get; init; } = [];

    /// <summary>Newest calibrations of its devices.</summary>
    public IReadOnlyList<RegisteredCalibration> Calibrations { get; init; } = [];

    /// <summary>Attempts that run in this process.</summary>
    public required IReadOnlyList<AttemptKey> Held { get; init; }

    /// <summary>Results on its disk that still come.</summary>
    public required IReadOnlyList<AttemptKey> Spooled { get; init; }
}
