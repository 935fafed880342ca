using System.Security.Cryptography;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Judging;
using Grpc.Core;
using Answer = Fleetmark.Contracts.Fleet.Wire.ResultAck.Types.Answer;

namespace Fleetmark.Silo.Tests.Fleet;

/// <summary>A job's way through a silo: grains, gateway, result writer and database are the product's, the agent is played.</summary>
public sealed class AgentGatewayTests(TestCluster cluster)
{
    /// <summary>Nothing counted, returned.</summary>
    private const string GoneBack = "0 5";

    private static readonly Guid Process = Guid.NewGuid();

    [Fact]
    public async Task A_run_goes_from_its_submission_over_an_agent_to_its_close()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await silo.DialAsync(Process);
        RunId run = await silo.SubmitAsync();
        for (int launch = 0; launch < 3; launch++)
        {
            await agent.BeatAsync(ready: true);
            Assign assign = await agent.TakeAsync();
            Assert.Equal(("VGG11", 1, "cpu", launch), (assign.Launch.ModelName, assign.Launch.Batch, assign.Launch.Provider, assign.Launch.Repetition));
            await silo.BecomesAsync(run, RunState.Running);
            Assert.Equal(Answer.Accepted, (await agent.ResultAsync(FakeAgent.Measured(assign, silo.ClusterId))).Answer);
            Assert.Equal(Answer.Already, (await agent.ResultAsync(FakeAgent.Measured(assign, silo.ClusterId))).Answer);
        }

        await silo.BecomesAsync(run, RunState.Done);
        Assert.Equal(3L, await silo.ScalarAsync<long>("select count(*) from measurement"));
        Assert.Equal("3 t 0", await silo.ScalarAsync<string>("select launches || ' ' || left(complete::text, 1) || ' ' || state from run_cell"));
    }

    [Fact]
    public async Task A_refused_job_goes_back_and_the_refusal_counts_for_nothing()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await ReadyAsync(silo);
        Assign refused = await agent.AssignmentAsync();
        await agent.RefuseAsync(refused, "host-busy");
        await agent.TakeAsync(); // the device was free all the time
        Assert.Equal(GoneBack, await EndAsync(silo, refused));
    }

    [Fact]
    public async Task What_runs_through_a_cut_stream_is_kept_and_its_result_counts()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await ReadyAsync(silo);
        Assign assign = await agent.TakeAsync();
        agent.Cut();

        FakeAgent again = await silo.DialAsync(Process, hello => hello.Held.Add(assign.Attempt));

        Assert.Empty(again.Welcome.Stop);
        Assert.Equal(Answer.Accepted, (await again.ResultAsync(FakeAgent.Measured(assign, silo.ClusterId))).Answer);
    }

    [Fact]
    public async Task An_assignment_that_was_lost_with_the_stream_is_given_out_again_at_once()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await ReadyAsync(silo);
        Assign lost = await agent.AssignmentAsync();
        agent.Cut();

        FakeAgent again = await silo.DialAsync(Process);
        await again.BeatAsync(ready: true);

        Assign next = await again.TakeAsync();
        Assert.Equal((lost.Attempt.JobId, 2), (next.Attempt.JobId, next.Attempt.Attempt));
        Assert.Equal(GoneBack, await EndAsync(silo, lost));
    }

    [Fact]
    public async Task What_a_killed_process_ran_is_lost_and_counts()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await ReadyAsync(silo);
        Assign assign = await agent.TakeAsync();
        agent.Cut();

        FakeAgent other = await silo.DialAsync(Guid.NewGuid());
        await other.BeatAsync(ready: true);

        Assert.Equal((assign.Attempt.JobId, 2), await KeyAsync(other));
        Assert.Equal(1, await silo.ScalarAsync<short>($"select counted from job where job_id = {assign.Attempt.JobId}"));
        Assert.Equal(2L, other.Welcome.Incarnation);
    }

    [Fact]
    public async Task A_result_that_waits_on_the_agents_disk_keeps_its_lease()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster, ("RenewEvery", "00:00:00.5"), ("LeaseTime", "00:00:02"));
        FakeAgent agent = await ReadyAsync(silo);
        Assign assign = await agent.TakeAsync();
        agent.Cut();

        FakeAgent again = await silo.DialAsync(Guid.NewGuid(), hello => hello.Spooled.Add(assign.Attempt));
        await again.BeatAsync(ready: true, spooled: 1);
        DateTime until = await silo.ScalarAsync<DateTime>(Lease(assign));

        await Eventually.Async("the lease is renewed", () => silo.ScalarAsync<DateTime>(Lease(assign)), seen => seen > until.AddSeconds(2), FakeAgent.Patience);
        Assert.Equal(Answer.Accepted, (await again.ResultAsync(FakeAgent.Measured(assign, silo.ClusterId))).Answer);

        static string Lease(Assign assign) => $"select lease_until from job where job_id = {assign.Attempt.JobId}";
    }

    [Fact]
    public async Task An_attempt_that_is_no_longer_this_agents_is_told_to_stop()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        var stranger = new AttemptRef { JobId = 4711, Attempt = 3 };
        FakeAgent agent = await silo.DialAsync(Process, hello => hello.Held.Add(stranger));
        Assert.Equal([stranger], agent.Welcome.Stop);
    }

    [Fact]
    public async Task An_attempt_whose_end_was_never_heard_comes_back_by_the_heartbeats()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await ReadyAsync(silo);
        Assign assign = await agent.TakeAsync();
        await agent.BeatAsync(ready: true);
        await agent.BeatAsync(ready: true);
        await agent.TakeAsync();
        Assert.Equal(GoneBack, await EndAsync(silo, assign));
    }

    [Fact]
    public async Task A_run_that_is_interrupted_cancels_what_runs()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster, ("RenewEvery", "00:00:00.5"));
        FakeAgent agent = await silo.DialAsync(Process);
        RunId run = await silo.SubmitAsync();
        await agent.BeatAsync(ready: true);
        Assign assign = await agent.TakeAsync();
        await silo.Run(run).Interrupt(TestContext.Current.CancellationToken);
        Assert.Equal(assign.Attempt, (await agent.CancelAsync()).Attempt);
        await agent.ReturnAsync(assign.Attempt, "cancelled");
        await silo.BecomesAsync(run, RunState.Interrupted);
    }

    [Fact]
    public async Task A_newer_session_takes_the_place_of_the_older_one()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent first = await silo.DialAsync(Process);
        FakeAgent second = await silo.DialAsync(Process);
        await first.Ended.WaitAsync(FakeAgent.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        RunId run = await silo.SubmitAsync();
        await second.BeatAsync(ready: true);
        await second.TakeAsync();
        await silo.BecomesAsync(run, RunState.Running);
    }

    [Theory]
    [InlineData("credential", StatusCode.Unauthenticated)]
    [InlineData("old-epoch", StatusCode.Unauthenticated)]
    [InlineData("protocol", StatusCode.FailedPrecondition)]
    [InlineData("process", StatusCode.InvalidArgument)]
    [InlineData("label", StatusCode.InvalidArgument)]
    [InlineData("device-twice", StatusCode.InvalidArgument)]
    [InlineData("devices", StatusCode.InvalidArgument)]
    [InlineData("long-name", StatusCode.InvalidArgument)]
    [InlineData("control", StatusCode.InvalidArgument)]
    [InlineData("calibration-time", StatusCode.InvalidArgument)]
    [InlineData("self-check", StatusCode.InvalidArgument)]
    [InlineData("long-self-check", StatusCode.InvalidArgument)]
    [InlineData("calibration-number", StatusCode.InvalidArgument)]
    public async Task A_hello_that_says_more_than_may_be_said_is_refused(string flaw, StatusCode code)
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        if (flaw == "old-epoch") await silo.DialAsync(Process);
        FakeAgent agent = await silo.DialAsync(Process, hello => Spoil(hello, flaw), flaw == "credential" ? "fma_other" : SiloUnderTest.Credential);
        await agent.Ended.WaitAsync(FakeAgent.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(code, agent.End?.StatusCode);
    }

    [Theory]
    [InlineData("digest")]
    [InlineData("garbage")]
    [InlineData("other-job")]
    [InlineData("no-samples")]
    [InlineData("null-series")]
    [InlineData("too-large")]
    public async Task A_result_that_is_not_what_it_says_is_rejected_and_the_job_is_tried_again(string flaw)
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await ReadyAsync(silo);
        Assign assign = await agent.TakeAsync();
        ResultAck answer = await agent.ResultAsync(FakeAgent.Measured(assign, silo.ClusterId), result => Spoil(result, flaw));
        Assert.Equal((Answer.Rejected, FailureCode.ResultInvalid), (answer.Answer, answer.Code));
        Assert.Equal("0 result-invalid 1", await silo.ScalarAsync<string>($"select state || ' ' || last_code || ' ' || counted from job where job_id = {assign.Attempt.JobId}"));
        Assert.Equal(0L, await silo.ScalarAsync<long>("select count(*) from launch"));
    }

    [Fact]
    public async Task An_agent_ends_no_attempt_of_another_machine()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await ReadyAsync(silo);
        Assign assign = await agent.TakeAsync();
        long job = assign.Attempt.JobId;
        await silo.ScalarAsync<int>("insert into device (device_class_id, hw_uuid, ordinal) select device_class_id, 'other', 9 from device limit 1 returning device_id");
        await silo.ScalarAsync<long>($"update attempt set device_id = (select device_id from device where hw_uuid = 'other') where job_id = {job} returning job_id");

        Assert.Equal(Answer.Rejected, (await agent.ResultAsync(FakeAgent.Measured(assign, silo.ClusterId), result => Spoil(result, "device"))).Answer);
        await agent.ReturnAsync(assign.Attempt, "mine");
        Assert.Equal(Answer.Fenced, (await agent.ResultAsync(FakeAgent.Measured(assign, silo.ClusterId))).Answer);

        Assert.Equal(1, await silo.ScalarAsync<short>($"select state from job where job_id = {job}"));
    }

    [Fact]
    public async Task A_result_for_another_database_is_fenced()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await ReadyAsync(silo);
        Assign assign = await agent.TakeAsync();
        Assert.Equal(Answer.Fenced, (await agent.ResultAsync(FakeAgent.Measured(assign, Guid.NewGuid()))).Answer);
        Assert.Equal(0L, await silo.ScalarAsync<long>("select count(*) from launch"));
    }

    [Fact]
    public async Task One_bad_result_among_good_ones_costs_only_itself()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await ReadyAsync(silo);
        Assign first = await agent.TakeAsync();
        ResultAck failed = await agent.ResultAsync(FakeAgent.Measured(first, silo.ClusterId) with
        {
            Launches = [SampleLaunch.Valid() with { Notes = [new string('x', 100_000)] }, SampleLaunch.Valid() with { Launch = 1, State = (MeasurementState)77 }],
        });
        Assert.Equal(Answer.Rejected, failed.Answer);
        await agent.BeatAsync(ready: true);
        Assign second = await agent.TakeAsync();
        Assert.Equal(Answer.Accepted, (await agent.ResultAsync(FakeAgent.Measured(second, silo.ClusterId))).Answer);
    }

    [Fact]
    public async Task A_silo_that_stops_sends_its_agents_away()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await silo.DialAsync(Process);
        Task stopping = silo.StopAsync();
        Assert.True((await agent.GoAwayAsync()).HighMs > 0);
        await stopping;
        await agent.Ended.WaitAsync(FakeAgent.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_run_and_another_request_under_it_is_refused()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        await silo.DialAsync(Process);
        RunId run = await silo.SubmitAsync();
        Assert.Equal(run, await silo.SubmitAsync());
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => silo.SubmitAsync(model: "AlexNet"));
        Assert.Contains("used for another request", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await silo.ScalarAsync<long>("select count(*) from run"));
    }

    private static async Task<FakeAgent> ReadyAsync(SiloUnderTest silo)
    {
        FakeAgent agent = await silo.DialAsync(Process);
        await silo.SubmitAsync();
        await agent.BeatAsync(ready: true);
        return agent;
    }

    /// <summary>Failures of the job that count, outcome of the attempt.</summary>
    private static Task<string> EndAsync(SiloUnderTest silo, Assign assign) => silo.ScalarAsync<string>(
        $"select j.counted || ' ' || t.outcome from job j join attempt t using (job_id) where job_id = {assign.Attempt.JobId} and t.attempt_no = {assign.Attempt.Attempt}");

    private static async Task<(long Job, int Attempt)> KeyAsync(FakeAgent agent)
    {
        AttemptRef attempt = (await agent.TakeAsync()).Attempt;
        return (attempt.JobId, attempt.Attempt);
    }

    private static void Spoil(Hello hello, string flaw)
    {
        switch (flaw)
        {
            case "old-epoch": hello.SessionEpoch = 1; break;
            case "protocol": (hello.ProtocolLow, hello.ProtocolHigh) = (7, 9); break;
            case "process": hello.ProcessId = "me"; break;
            case "label": hello.Labels.Add("RACK A"); break;
            case "device-twice": hello.Devices.Add(hello.Devices[0]); break;
            case "devices": for (int more = 0; more < 64; more++) hello.Devices.Add(new DeviceOffer(hello.Devices[0]) { Uuid = $"cpu-{more + 2}" }); break;
            case "long-name": hello.Devices[0].Name = new string('x', 300); break;
            case "control": hello.Host = "bo\0x"; break;
            case "calibration-time": hello.Devices[0].Calibration = new CardCalibration { MeasuredAtUnixS = long.MaxValue, P50Us = 1 }; break;
            case "calibration-number": hello.Devices[0].Calibration = new CardCalibration { MeasuredAtUnixS = 1, P50Us = 1, PowerW = double.NaN }; break;
            case "self-check": hello.SelfCheck = "{}"; break;
            case "long-self-check": hello.SelfCheck = new string(' ', 9000); break;
            default: break;
        }
    }

    private static void Spoil(Result result, string flaw)
    {
        switch (flaw)
        {
            case "digest": result.PayloadSha256 = Google.Protobuf.ByteString.CopyFrom(new byte[32]); return;
            case "garbage": Replace("{\"clusterId\":"); return;
            case "other-job": Replace(Text().Replace($"\"jobId\":{result.Attempt.JobId}", "\"jobId\":4711", StringComparison.Ordinal)); return;
            case "no-samples": Replace(Text().Replace("\"count\":3", "\"count\":4", StringComparison.Ordinal)); return;
            case "null-series": Replace(System.Text.RegularExpressions.Regex.Replace(Text(), "\"series\":\\[.*?\\]", "\"series\":[null]", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))); return;
            case "too-large": Replace(Text() + new string(' ', 1 << 20)); return;
            case "device": result.DeviceUuid = "other"; return;
            default: return;
        }

        string Text() => result.Payload.ToStringUtf8();
        void Replace(string text)
        {
            result.Payload = Google.Protobuf.ByteString.CopyFromUtf8(text);
            result.PayloadSha256 = Google.Protobuf.ByteString.CopyFrom(SHA256.HashData(result.Payload.Span));
        }
    }
}
