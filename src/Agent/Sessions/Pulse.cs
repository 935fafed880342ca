using System.Threading.Channels;

namespace Fleetmark.Agent.Sessions;

/// <summary>Tells one waiting loop that there is something to look at. Several pulses before it looks are one.</summary>
internal sealed class Pulse
{
    private readonly Channel<bool> _pending = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal void Set() => _pending.Writer.TryWrite(true);

    /// <summary>Returns at the next pulse (or one nobody has seen), or after <paramref name="atMost"/>.</summary>
    internal async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            await _pending.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The time is up: the loop looks anyway.
        }
    }
}
