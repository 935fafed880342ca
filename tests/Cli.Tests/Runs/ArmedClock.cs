using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Cli.Tests.Runs;

/// <summary>A clock that stands still until a timer waits for it.</summary>
internal sealed class ArmedClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _armed = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _armed.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until somebody waits for the clock.</summary>
    internal async Task ArmedAsync() => await _armed.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
