using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Silo.Fleet;

namespace Fleetmark.Silo.Tests.Fleet;

public sealed class AgentSessionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_device_that_was_given_a_job_is_not_ready_until_the_job_is_over()
    {
        AgentSession session = Session();
        session.Report(Heartbeat(ready: true), Now);
        Assert.Single(session.Ready);

        Assert.True(session.TryAssign(new Assign { Attempt = new AttemptRef { JobId = 1, Attempt = 1 } }, deviceId: 5, Now));
        Assert.Empty(session.Ready);

        session.Forget(AttemptKey.From(new AttemptRef { JobId = 1, Attempt = 1 }));
        Assert.Single(session.Ready);
    }

    [Fact]
    public void A_heartbeat_says_whether_readiness_changed()
    {
        AgentSession session = Session();

        Assert.True(session.Report(Heartbeat(ready: true), Now));
        Assert.False(session.Report(Heartbeat(ready: true), Now));
        Assert.True(session.Report(Heartbeat(ready: false), Now));
    }

    [Fact]
    public void A_reader_that_is_too_slow_gets_no_more_assignments()
    {
        AgentSession session = Session();
        for (int i = 0; i < AgentSession.OutboundLimit; i++) Assert.True(session.TrySend(new GatewayMessage()));

        Assert.False(session.TryAssign(new Assign { Attempt = new AttemptRef { JobId = 1, Attempt = 1 } }, deviceId: 5, Now));
        Assert.Empty(session.Held);
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

    private static AgentSession Session(long epoch = 1) => new(agentId: 1, incarnation: 1, epoch, [new SessionDevice(5, "cpu-1", "cpu-test", ["provider:cpu"], null)]);

    private static Heartbeat Heartbeat(bool ready) => new() { Devices = { new DeviceState { Uuid = "cpu-1", Ready = ready } } };
}
