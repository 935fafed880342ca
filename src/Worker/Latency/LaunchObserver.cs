using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Latency;

/// <summary>Between bursts: leave when cancelled, and say how far the launch is.</summary>
internal sealed class LaunchObserver(ProtocolChannel channel, CancellationToken cancel) : IBurstObserver
{
    /// <inheritdoc/>
    public void Between(BurstProgress progress)
    {
        cancel.ThrowIfCancellationRequested();
        channel.SendProgress(new ProgressMessage
        {
            Phase = PhaseMessage.WordOf(progress.Phase),
            Calls = progress.Calls,
            ElapsedMs = progress.ElapsedNs / 1e6,
            MedianNs = progress.MedianNs,
            HalfWidth = progress.HalfWidth,
        });
    }
}
