using Fleetmark.Measurement.Sampling;

namespace Fleetmark.Measurement.Tests.Sampling;

/// <summary>Keeps what it was told between bursts; cancels at the n-th.</summary>
internal sealed class Bursts(int cancelAt = int.MaxValue) : IBurstObserver
{
    internal List<BurstProgress> Seen { get; } = [];

    public void Between(BurstProgress progress)
    {
        Seen.Add(progress);
        if (Seen.Count >= cancelAt) throw new OperationCanceledException();
    }
}
