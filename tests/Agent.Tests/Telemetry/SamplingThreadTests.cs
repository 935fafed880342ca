using System.Collections.Concurrent;
using Fleetmark.Agent.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Telemetry;

public sealed class SamplingThreadTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ConcurrentQueue<int> _ticks = new();

    [Fact]
    public async Task It_begins_at_once_keeps_the_beat_and_ends_with_a_last_look()
    {
        await using (var thread = new SamplingThread("test", new LaunchCores([], []), _clock, _ticks.Enqueue))
        {
            await Eventually.Async("the first", () => _ticks.Count == 1);
            await thread.Begun;
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Eventually.Async("the second", () => _ticks.Count == 2);
            thread.Wake();
            await Eventually.Async("one outside the beat", () => _ticks.Count == 3);
        }

        Assert.Equal([0, 1, 2, 3], _ticks);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, _ticks.Count);
    }

    [Fact]
    public async Task It_keeps_off_the_workers_cores_when_there_are_others()
    {
        IReadOnlyList<int> all = ThreadAffinity.Cores();
        Assert.SkipUnless(all.Count > 1, "one core only");
        Assert.Equal(all.Skip(1), await CoresAsync([all[0]], []));
        Assert.Equal(all.Skip(1), await CoresAsync([], [all[0]]));
        Assert.Equal(all, await CoresAsync(all, []));
        Assert.Equal(all, await CoresAsync([], all));
        Assert.Equal(all, ThreadAffinity.Cores());
    }

    [Fact]
    public async Task Where_every_core_is_some_workers_its_own_workers_are_kept_free()
    {
        IReadOnlyList<int> all = ThreadAffinity.Cores();
        Assert.SkipUnless(all.Count > 1, "one core only");
        Assert.Equal(all.Skip(1), await CoresAsync([all[0]], all));
    }

    private async Task<IReadOnlyList<int>> CoresAsync(IReadOnlyList<int> own, IReadOnlyList<int> others)
    {
        IReadOnlyList<int> used = [];
        await using (new SamplingThread("test", new LaunchCores(own, others), _clock, _ => used = ThreadAffinity.Cores())) { }

        return used;
    }

    [Fact]
    public async Task A_defect_is_thrown_where_the_work_is_awaited()
    {
        var thread = new SamplingThread("broken", new LaunchCores([], []), _clock, _ => throw new InvalidOperationException("broken"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => thread.Begun);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await thread.DisposeAsync());
    }
}
