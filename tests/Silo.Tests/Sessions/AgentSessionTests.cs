using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Silo.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Silo.Tests.Sessions;

public sealed class AgentSessionTests
{
    private static readonly AttemptKey Key = new(new JobId(1), 1);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_device_that_was_given_a_job_is_not_ready_until_the_job_is_over()
    {
        AgentSession session = Session();
        session.Report(Heartbeat(ready: true));
        Assert.Single(session.Ready);

        Assert.True(Assign(session));
        Assert.Empty(session.Ready);

        session.Forget(Key);
        Assert.Single(session.Ready);
    }

    [Fact]
    public void A_heartbeat_says_whether_readiness_changed()
    {
        AgentSession session = Session();

        Assert.True(session.Report(Heartbeat(ready: true)));
        Assert.False(session.Report(Heartbeat(ready: true)));
        Assert.True(session.Report(Heartbeat(ready: false)));
    }

    [Fact]
    public void Without_heartbeats_nothing_is_ready_any_more()
    {
        AgentSession session = Session();
        session.Report(Heartbeat(ready: true));
        _clock.Advance(AgentSession.Silence);
        Assert.Single(session.Ready);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(session.IsSilent);
        Assert.Empty(session.Ready);

        session.Report(Heartbeat(ready: true));
        Assert.Single(session.Ready);
    }

    [Fact]
    public void An_attempt_that_two_heartbeats_do_not_mention_has_vanished()
    {
        AgentSession session = Session();
        Assign(session);
        session.Accept(Key);

        session.Report(Heartbeat(ready: true));
        Assert.Empty(session.Vanished());
        session.Report(Heartbeat(ready: false, running: true));
        session.Report(Heartbeat(ready: true));
        Assert.Empty(session.Vanished());
        session.Report(Heartbeat(ready: true));
        Assert.Equal([Key], session.Vanished());
    }

    [Fact]
    public void An_attempt_whose_result_may_wait_in_the_spool_has_not_vanished()
    {
        AgentSession session = Session();
        session.Adopt(Key, deviceId: 5);
        for (int beat = 0; beat < 5; beat++) session.Report(Heartbeat(ready: true, spooled: 1));
        Assert.Empty(session.Vanished());
    }

    [Fact]
    public void An_assignment_the_agent_says_nothing_of_is_unanswered_after_a_while()
    {
        AgentSession session = Session();
        Assign(session);
        Assert.False(session.IsUnanswered(TimeSpan.FromSeconds(15)));
        _clock.Advance(TimeSpan.FromSeconds(16));
        Assert.True(session.IsUnanswered(TimeSpan.FromSeconds(15)));
        session.Accept(Key);
        Assert.False(session.IsUnanswered(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public void An_attempt_that_is_over_is_not_held_again_by_a_late_word()
    {
        AgentSession session = Session();
        Assign(session);
        session.Answer(Key, ResultAck.Types.Answer.Accepted);
        session.Accept(Key);
        Assert.Empty(session.Held);
    }

    [Fact]
    public void A_result_that_is_to_be_sent_again_keeps_its_attempt()
    {
        AgentSession session = Session();
        Assign(session);
        session.Answer(Key, ResultAck.Types.Answer.Later, later: TimeSpan.FromSeconds(2));
        Assert.Single(session.Held);
    }

    [Fact]
    public void A_reader_that_is_too_slow_loses_its_session()
    {
        AgentSession session = Session();
        int sent = 0;
        while (session.TrySend(new GatewayMessage())) sent++;
        Assert.InRange(sent, 64, 128);

        Assert.False(Assign(session));
        Assert.Empty(session.Held);

        while (session.Outbound.TryRead(out _)) sent--;
        Assert.Equal(0, sent);
        Assert.True(session.Outbound.Completion.IsCompleted);
    }

    [Fact]
    public void The_session_with_the_higher_epoch_takes_the_place_of_the_other_one()
    {
        var table = new SessionTable();
        AgentSession first = Session(epoch: 1), second = Session(epoch: 2);

        Assert.True(table.TryAdd(first));
        Assert.True(table.TryAdd(second));
        Assert.False(table.TryAdd(Session(epoch: 1)));
        Assert.Same(second, Assert.Single(table.Sessions));
        Assert.False(first.TrySend(new GatewayMessage())); // closed
        Assert.Same(second, table.ForDevice(5));
    }

    private AgentSession Session(long epoch = 1) => new(agentId: 1, incarnation: 1, epoch, [new SessionDevice(5, "cpu-1", "cpu-test", ["provider:cpu"], null)], _clock);

    private static bool Assign(AgentSession session) => session.TryAssign(new Assign { Attempt = Key.ToWire() }, deviceId: 5);

    private static Heartbeat Heartbeat(bool ready, bool running = false, int spooled = 0)
    {
        var heartbeat = new Heartbeat { Devices = { new DeviceState { Uuid = "cpu-1", Ready = ready } }, SpoolDepth = spooled };
        if (running) heartbeat.Running.Add(Key.ToWire());
        return heartbeat;
    }
}
