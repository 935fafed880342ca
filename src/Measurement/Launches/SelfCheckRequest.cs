namespace Fleetmark.Measurement.Launches;

/// <summary>
/// Asks our own worker what its timing path adds to a call, on this machine: the answer is <see cref="SelfCheckMessage"/>. Foreign workers never get it.
/// </summary>
public sealed record SelfCheckRequest : WorkerRequest
{
    internal const string Word = "selfcheck";

    /// <summary>Version of the protocol; <see cref="WorkerProtocol.Version"/>.</summary>
    public int Protocol { get; init; } = WorkerProtocol.Version;

    /// <summary>Cores to run on; empty for all that are allowed. One thread computes.</summary>
    public IReadOnlyList<int> Cpus { get; init => field = value ?? []; } = [];

    /// <summary>The models, in this order.</summary>
    public required IReadOnlyList<SelfCheckModel> Models { get; init; }

    /// <summary>Blocks of each kind (<see cref="Bracketing.BlockSeries"/>), 6 to 1,000.</summary>
    public required int Blocks { get; init; }

    /// <summary>Seed of the order of the blocks.</summary>
    public required int Seed { get; init; }

    internal override bool IsAnsweredBy(WorkerMessage message) => message is SelfCheckMessage;
}
