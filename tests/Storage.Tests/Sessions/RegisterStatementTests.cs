using System.Security.Cryptography;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.SelfCheck;
using Fleetmark.Storage.Fleet;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Sessions;

namespace Fleetmark.Storage.Tests.Sessions;

public sealed class RegisterStatementTests(TestCluster cluster) : QueueTests(cluster)
{
    private RegisterStatement Statement => new(Source);

    [Fact]
    public async Task The_same_process_keeps_its_incarnation_and_a_new_one_raises_it()
    {
        Assert.Equal(1, Queue.Agent.Incarnation);
        await Queue.RegisterAsync([], Cancel);
        Assert.Equal(1, Queue.Agent.Incarnation);
        Queue.Restart();
        await Queue.RegisterAsync([], Cancel);
        Assert.Equal(2, Queue.Agent.Incarnation);
    }

    [Fact]
    public async Task A_calibration_is_stored_once_however_often_it_is_told()
    {
        var first = new RegisteredCalibration("device-0", DateTimeOffset.UnixEpoch.AddSeconds(1), 1095, 60_000.25, 69.5, 78);
        RegisteredCalibration second = first with { MeasuredAt = DateTimeOffset.UnixEpoch.AddSeconds(2), SmClockMhz = null, PowerW = null, TempC = null };
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(5) with { Calibrations = [first, first with { Uuid = "somebody-elses" }] }, Cancel));
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(6) with { Calibrations = [first with { P50Us = 1 }] }, Cancel));
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(7) with { Calibrations = [second] }, Cancel));
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(8), Cancel));
        Assert.Equal(
            ["device-0 | 1 | 1095 | 60000.25 | 69.5 | 78", "device-0 | 2 | null | 60000.25 | null | null"],
            await RowsAsync("""
                select d.hw_uuid, extract(epoch from c.measured_at)::int, c.sm_clock_mhz, c.p50_us, c.power_w, c.temp_c
                from device_calibration c join device d using (device_id) order by c.measured_at
                """));
    }

    [Fact]
    public async Task A_self_check_stays_until_a_newer_one_is_told()
    {
        SelfCheckReport report = SampleSelfCheck.Report();
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(5) with { SelfCheck = report }, Cancel));
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(6), Cancel));
        Assert.Equal(["20 | passed"], await RowsAsync("select selfcheck ->> 'timerFloorNs', selfcheck ->> 'verdict' from agent"));
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(7) with { SelfCheck = report with { TimerFloorNs = 21 } }, Cancel));
        Assert.Equal(["21"], await RowsAsync("select selfcheck ->> 'timerFloorNs' from agent"));
    }

    [Fact]
    public async Task An_old_session_an_unknown_and_a_revoked_credential_are_not_let_in()
    {
        Assert.Null(await Statement.ExecuteAsync(Queue.Hello(1), Cancel));
        Assert.Null(await Statement.ExecuteAsync(Queue.Hello(9) with { CredentialSha256 = SHA256.HashData("other"u8) }, Cancel));
        await ExecuteAsync("update agent set revoked_at = now()");
        Assert.Null(await Statement.ExecuteAsync(Queue.Hello(9), Cancel));
    }

    [Fact]
    public async Task Attempts_of_an_earlier_process_are_lost_unless_their_results_are_spooled()
    {
        Contracts.Runs.RunId run = await Queue.SubmitAsync(Cancel);
        Lease lost = await Queue.LeaseAsync(0, Cancel);
        Lease spooled = await Queue.LeaseAsync(1, Cancel);
        Queue.Restart();

        await Queue.RegisterAsync([spooled.Key], Cancel);

        Assert.Equal([new EndedAttempt(lost.Key, run, Queue.Pool)], Queue.Agent.Ended);
        Assert.Equal([spooled], Queue.Agent.Open);
        Assert.Equal(["0 | 1 | agent-lost | 1 | agent-lost"], await RowsAsync($"select j.state, j.counted, j.last_code, t.outcome, t.error_code from job j join attempt t using (job_id) where job_id = {lost.Key.JobId}"));
        Assert.Equal(CompletionAnswer.Fenced, await Queue.CompleteAsync(lost, Cancel));
        Assert.Equal(CompletionAnswer.Accepted, await Queue.CompleteAsync(spooled, Cancel));
    }

    [Fact]
    public async Task The_same_process_keeps_what_it_still_has_when_it_dials_again()
    {
        await Queue.SubmitAsync(Cancel);
        Lease running = await Queue.LeaseAsync(0, Cancel);
        Lease spooled = await Queue.LeaseAsync(1, Cancel);
        await Queue.RegisterAsync([spooled.Key], Cancel, running.Key);
        Assert.Empty(Queue.Agent.Ended);
        Assert.Equal([running, spooled], Queue.Agent.Open.OrderBy(o => o.Key.JobId.Value));
    }

    [Fact]
    public async Task What_the_same_process_knows_nothing_of_goes_back_and_counts_for_nothing()
    {
        Contracts.Runs.RunId run = await Queue.SubmitAsync(Cancel);
        Lease never = await Queue.LeaseAsync(0, Cancel);

        await Queue.RegisterAsync([], Cancel);

        Assert.Equal([new EndedAttempt(never.Key, run, Queue.Pool)], Queue.Agent.Ended);
        Assert.Empty(Queue.Agent.Open);
        Assert.Equal(["0 | 0 | 5"], await RowsAsync($"select j.state, j.counted, t.outcome from job j join attempt t using (job_id) where job_id = {never.Key.JobId}"));
        Assert.Equal(2, (await Queue.LeaseAsync(never.Key.JobId, 0, Cancel)).Key.Attempt);
    }

    [Fact]
    public async Task A_folder_older_than_the_rows_is_let_in_after_a_new_enrolment()
    {
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(100), Cancel));
        Assert.Null(await Statement.ExecuteAsync(Queue.Hello(3), Cancel));
        Guid key = await ScalarAsync<Guid>("select agent_key from agent");
        await new EnrolStatement(Source).ExecuteAsync(key, "box", Queue.Hello(3).CredentialSha256, Cancel);
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(3), Cancel));
    }

    [Fact]
    public async Task Devices_keep_their_rows_change_their_facts_and_leave()
    {
        int first = Queue.Device(0);
        int gone = Queue.Device(1);
        RegisteredAgent? agent = await Statement.ExecuteAsync(
            Queue.Hello(5) with { Devices = [Queue.Offered("device-0", 0) with { Capabilities = ["provider:cpu"], MemoryMib = 99 }, Queue.Offered("device-2", 1)] }, Cancel);
        Assert.Equal(first, agent!.DeviceIds["device-0"]);
        Assert.Equal(["device-0", "device-2"], agent.DeviceIds.Keys.Order());
        Assert.Equal(["null"], await RowsAsync($"select agent_id from device where device_id = {gone}"));
        Assert.Equal(["{provider:cpu} | 99"], await RowsAsync($"select capabilities, memory_mib from device where device_id = {first}"));
    }

    [Fact]
    public async Task Dialling_again_burns_no_numbers()
    {
        for (int i = 0; i < 20; i++) await Queue.RegisterAsync([], Cancel);
        Assert.Equal(["1 | 2"], await RowsAsync("select (select last_value from device_class_device_class_id_seq), (select last_value from device_device_id_seq)"));
    }

    [Fact]
    public async Task A_class_that_only_a_plan_had_named_gets_its_facts()
    {
        await ExecuteAsync("insert into device_class (slug, vendor, detail) values ('t4', 'unknown', '{\"displayName\": \"t4\"}')");
        await Statement.ExecuteAsync(
            Queue.Hello(5) with { Devices = [Queue.Offered("gpu", 0) with { Slug = "t4", Vendor = "nvidia", DisplayName = "Tesla T4", ComputeCapability = "7.5" }] }, Cancel);
        DeviceClass t4 = Assert.Single(await new FleetQueries(Source).DeviceClassesAsync(Cancel), c => c.Slug == "t4");
        Assert.Equal(("nvidia", "Tesla T4", true), (t4.Vendor, t4.DisplayName, t4.Offered));
        Assert.Equal("7.5", await ScalarAsync<string>("select compute_cap from device_class where slug = 't4'"));
    }

    [Fact]
    public async Task What_runtimes_said_is_stored_by_device_and_told_of_the_class_until_they_work()
    {
        RuntimeFinding noKernels = Finding("ort131-cuda13", "cuda", "unsupported-arch", "no kernels for sm_70"), works = Finding("ort122-cuda12", "cuda", "ok", "");
        RuntimeFinding noLibrary = Finding("ort122-cuda12", "tensorrt", "missing-library", "libnvinfer.so.10 cannot be found");
        await TellAsync(5, noKernels, works, noLibrary);

        Assert.Equal(
            ["device-0 | ort122-cuda12 | ok | 2", "device-0 | ort131-cuda13 | unsupported-arch | 1"],
            await RowsAsync("select hw_uuid, flavour, state, jsonb_array_length(f.detail -> 'providers') from device_flavour f join device using (device_id) order by flavour"));
        Assert.Equal([noLibrary, noKernels], (await ClassAsync()).Findings.OrderBy(f => f.Flavour));

        await TellAsync(6, noKernels with { State = "ok", Reason = "" });
        Assert.Empty((await ClassAsync()).Findings);
        Assert.Equal(["ort122-cuda12 | absent", "ort131-cuda13 | ok"], await RowsAsync("select flavour, state from device_flavour order by flavour"));
    }

    [Fact]
    public async Task Runtimes_that_say_the_same_again_are_not_written_again()
    {
        RuntimeFinding finding = Finding("ort131-cuda13", "cuda", "unsupported-arch", "no kernels for sm_70");
        await TellAsync(5, finding);
        string before = Assert.Single(await RowsAsync("select xmin, probed_at from device_flavour"));
        await TellAsync(6, finding);
        Assert.Equal(before, Assert.Single(await RowsAsync("select xmin, probed_at from device_flavour")));
    }

    [Fact]
    public async Task What_a_runtime_said_on_a_device_whose_agent_is_gone_is_no_longer_told()
    {
        await TellAsync(5, Finding("ort131-cuda13", "cuda", "error", "broken"));
        await ExecuteAsync("update agent set last_seen_at = now() - interval '1 h'");
        Assert.Empty((await ClassAsync()).Findings);
    }

    private static RuntimeFinding Finding(string flavour, string provider, string state, string reason) => new() { Flavour = flavour, Provider = provider, State = state, Reason = reason };

    private async Task TellAsync(long epoch, params RuntimeFinding[] findings) =>
        Assert.NotNull(await Statement.ExecuteAsync(Queue.Hello(epoch) with { Flavours = [.. RegisteredFlavour.Of("device-0", findings)] }, Cancel));

    private async Task<DeviceClass> ClassAsync() => Assert.Single(await new FleetQueries(Source).DeviceClassesAsync(Cancel));

    [Fact]
    public async Task A_class_is_offered_while_its_agent_is_seen()
    {
        var queries = new FleetQueries(Source);
        DeviceClass offered = Assert.Single(await queries.DeviceClassesAsync(Cancel));
        Assert.True(offered.Offered);
        Assert.Equal(["provider:cpu", "runtime:ort131-cpu", "runtime:ort131-cpu/cpu/fp32"], offered.Capabilities.Order());
        await ExecuteAsync("update agent set last_seen_at = now() - interval '1 h'");
        Assert.False(Assert.Single(await queries.DeviceClassesAsync(Cancel)).Offered);
        await queries.NoteSeenAsync([Queue.Agent.AgentId], Cancel);
        Assert.True(Assert.Single(await queries.DeviceClassesAsync(Cancel)).Offered);
    }
}
