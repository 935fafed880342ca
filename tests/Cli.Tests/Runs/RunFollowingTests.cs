using Fleetmark.Cli.Runs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;

namespace Fleetmark.Cli.Tests.Runs;

public sealed class RunFollowingTests
{
    private static readonly RunStatus Begun = SampleRun.Status(RunState.Running, ready: 3, leased: 1);
    private static readonly RunStatus Later = SampleRun.Status(RunState.Running, ready: 2, leased: 1);
    private static readonly RunStatus Over = SampleRun.Status(RunState.Done, ready: 0, leased: 0);

    private readonly ArmedClock _clock = new();
    private readonly RecordingView _view = new();

    [Fact]
    public async Task While_nothing_changes_one_row_a_second_is_read_and_nothing_else()
    {
        var run = new ScriptedRun(Begun, Begun, Begun, Begun, Over);
        Task following = Follow(run, CancellationToken.None, CancellationToken.None);

        for (int second = 1; second <= 4; second++)
        {
            await _clock.ArmedAsync();
            _clock.Advance(TimeSpan.FromMilliseconds(999));
            Assert.Equal(second, run.StatusReads);
            Assert.Equal(1, run.ResultReads);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await following;
        Assert.Equal(5, run.StatusReads);
        Assert.Equal(2, run.ResultReads);
        Assert.Equal([Begun, Over], _view.Shown.Select(s => s.Status));
    }

    [Fact]
    public async Task Every_change_is_shown_with_the_time_that_is_left()
    {
        var run = new ScriptedRun(Begun, Later, Over);
        Task following = Follow(run, CancellationToken.None, CancellationToken.None);

        for (int second = 1; second <= 2; second++)
        {
            await _clock.ArmedAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await following;
        Assert.Equal([Begun, Later, Over], _view.Shown.Select(s => s.Status));
        Assert.Equal([null, TimeSpan.FromSeconds(3), TimeSpan.Zero], _view.Shown.Select(s => s.Left));
    }

    [Fact]
    public async Task A_run_that_was_over_already_is_read_once()
    {
        var run = new ScriptedRun(Over);

        await Follow(run, CancellationToken.None, CancellationToken.None);

        Assert.Equal((1, 1), (run.StatusReads, run.ResultReads));
    }

    [Fact]
    public async Task A_silo_or_an_agent_that_ends_by_itself_is_an_error()
    {
        using var stopped = new CancellationTokenSource();
        Task following = Follow(new ScriptedRun(Begun), stopped.Token, CancellationToken.None);

        await _clock.ArmedAsync();
        await stopped.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => following.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Contains("run 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_C_is_no_error_even_when_a_host_stops_in_the_same_moment()
    {
        using var stopped = new CancellationTokenSource();
        using var cancel = new CancellationTokenSource();
        var run = new ScriptedRun(Begun)
        {
            OnLook = _ =>
            {
                stopped.Cancel();
                cancel.Cancel();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Follow(run, stopped.Token, cancel.Token));
    }

    private Task<RunResults> Follow(ScriptedRun run, CancellationToken stopped, CancellationToken cancel) => new RunFollowing(run, _clock, stopped).ToTheEndAsync(new RunId(7), _view, cancel);
}
