using System.Text.Json;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Samples;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;
using Npgsql;

namespace Fleetmark.Storage.Tests.Results;

public sealed class CompleteStatementTests(TestCluster cluster) : QueueTests(cluster)
{
    private CompleteStatement Statement => new(Source);

    [Fact]
    public async Task A_result_counts_once_and_is_known_afterwards()
    {
        Contracts.Runs.RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        Completion accepted = Assert.Single(await Statement.ExecuteAsync([Queue.Result(lease)], Cancel));
        Assert.Equal(new Completion(lease.Key, run, CompletionAnswer.Accepted), accepted);
        Assert.Equal(CompletionAnswer.Already, await Queue.CompleteAsync(lease, Cancel));
        Assert.Equal(["2 | null | 0 | 1 | 1 | 1"], await RowsAsync($"""
            select j.state, j.lease_until, t.outcome, (select count(*) from measurement), (select count(*) from launch), (select count(*) from sample_block)
            from job j join attempt t using (job_id) where j.job_id = {lease.Key.JobId}
            """));
    }

    [Fact]
    public async Task What_the_gpu_told_is_stored_with_its_launch()
    {
        await Queue.SubmitAsync(Cancel);
        LaunchReport sent = SampleLaunch.Valid() with
        {
            SmClockP10Mhz = 1080,
            SmClockP50Mhz = 1095,
            TempStartC = 41,
            TempMaxC = 71,
            PowerMeanW = 69.5,
            ViolationUs = 12.5,
            ClockEventBits = 0x1_0000_0004,
            EnergyMj = 9_000_000_000,
            EnergyEstimated = true,
            DeviceMemBytes = 16L << 30,
        };
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel, sent);
        Assert.Equal(["1080 | 1095 | 41 | 71 | 69.5 | 12.5 | 4294967300 | 9000000000 | t | 17179869184"], await RowsAsync("""
            select sm_clock_p10_mhz, sm_clock_p50_mhz, temp_start_c, temp_max_c, power_mean_w, violation_us, clock_event_bits, energy_mj, energy_estimated, device_mem_bytes from launch
            """));
    }

    [Fact]
    public async Task Energy_per_image_goes_from_a_launch_to_its_measurement()
    {
        await Queue.SubmitAsync(Cancel);
        LaunchReport sent = SampleLaunch.Valid() with { EnergyMj = 5, EnergyEstimated = true, EnergyUjPerItem = 175_000.5, EnergyNetUjPerItem = 100_000.25, EnergySeconds = 15.5 };
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel, sent);
        Assert.Equal(["175000.5 | 100000.25 | 15.5"], await RowsAsync("select energy_uj_per_item, energy_net_uj_per_item, energy_seconds from launch"));
        Assert.Equal(["175000.5 | 100000.25 | t"], await RowsAsync("select energy_uj_per_item, energy_net_uj_per_item, energy_estimated from measurement"));
    }

    [Fact]
    public async Task A_launch_whose_energy_nobody_asked_for_has_none()
    {
        await Queue.SubmitAsync(Cancel);
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel, SampleLaunch.Valid() with { EnergyMj = 5, EnergyEstimated = false });
        Assert.Equal(["null | null | null"], await RowsAsync("select energy_uj_per_item, energy_net_uj_per_item, energy_estimated from measurement"));
    }

    [Fact]
    public async Task An_inspection_is_kept_once_for_its_cells_and_a_newer_one_replaces_it()
    {
        await Queue.SubmitAsync(Cancel);
        async Task Complete(InspectionReport? inspection)
        {
            Lease lease = await Queue.LeaseAsync(0, Cancel);
            Assert.Equal(CompletionAnswer.Accepted, Assert.Single(await Statement.ExecuteAsync([Queue.Result(lease) with { Inspection = inspection }], Cancel)).Answer);
        }

        await Complete(null);
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from inspection"));
        while (await ScalarAsync<long>("select count(*) from job where state = 0") > 0) await Complete(Inspection("fp16(graph)", 1));
        Assert.Equal(
            ["AlexNet | 0 | cpu | ort131-cpu | cpu-test | fp16(graph)", "VGG11 | 0 | cpu | ort131-cpu | cpu-test | fp16(graph)"],
            await RowsAsync("""
                select distinct m.name, i.precision, i.provider, i.flavour, d.slug, i.detail->>'word'
                from inspection i join device_class d using (device_class_id) join cell c using (artifact_id) join model m using (model_id) order by 1
                """));
        DateTime before = await ScalarAsync<DateTime>("select max(inspected_at) from inspection");
        await Queue.SubmitAsync(Cancel, "again");
        await Complete(Inspection("fp16(graph)", 1));
        Assert.Equal(before, await ScalarAsync<DateTime>("select max(inspected_at) from inspection"));
        await Complete(Inspection("fp16-mixed(1/2)", 2));
        Assert.Equal(["fp16-mixed(1/2) | 02"], await RowsAsync("select detail->>'word', encode(substr(graph_sha256, 1, 1), 'hex') from inspection where detail->>'word' <> 'fp16(graph)'"));
    }

    [Fact]
    public async Task A_result_that_does_not_count_leaves_no_inspection()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await Queue.ExpireAsync(Cancel);
        await new ReapStatement(Source).ExecuteAsync(100, Cancel);
        await Queue.EndPausesAsync(Cancel);
        await Queue.LeaseAsync(lease.Key.JobId, 1, Cancel);
        Assert.Equal(CompletionAnswer.Fenced, Assert.Single(await Statement.ExecuteAsync([Queue.Result(lease) with { Inspection = Inspection("fp16(graph)", 1) }], Cancel)).Answer);
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from inspection"));
    }

    private static InspectionReport Inspection(string word, byte digit) => new()
    {
        ModelSha256 = new string('c', 64),
        Converter = 1,
        PrecisionEffective = word,
        GraphSha256 = [.. Enumerable.Repeat(digit, 32)],
        Detail = JsonElement.Parse($$"""{"word":"{{word}}"}"""),
    };

    [Fact]
    public async Task Values_come_back_bit_for_bit()
    {
        await Queue.SubmitAsync(Cancel);
        LaunchReport sent = SampleLaunch.Valid(0.1 + 0.2);
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel, sent);
        await using NpgsqlCommand read = Source.CreateCommand("""
            select l.p50_us, l.mean_us, l.sd_us, l.block_p50_us, l.flags, l.notes, l.output_sha256, l.p90_us, m.p50_us, m.launch_p50_us, m.sd_us, m.p90_us, b.body, b.n, l.result::text
            from launch l join measurement m using (job_id) join sample_block b using (job_id)
            """);
        Assert.Single(await read.ReadAllAsync(
            row =>
            {
                Assert.Equal((sent.P50Us, sent.MeanUs, sent.SdUs), (row.GetDouble(0), row.GetDouble(1), row.GetDouble(2)));
                Assert.Equal(sent.BlockP50Us, row.GetFieldValue<double[]>(3));
                Assert.Equal(sent.Flags, row.GetInt64(4));
                Assert.Equal(sent.Notes, row.GetFieldValue<string[]>(5));
                Assert.Equal(sent.OutputSha256, row.GetFieldValue<byte[]>(6));
                Assert.True(row.IsDBNull(7));
                Assert.Equal(sent.P50Us, row.GetDouble(8));
                Assert.Equal([sent.P50Us!.Value], row.GetFieldValue<double[]>(9));
                Assert.Equal(sent.SdUs, row.GetDouble(10));
                Assert.True(row.IsDBNull(11));
                Assert.Equal([1_234_400, 1_234_500, 1_234_600], SampleCodec.Decode(row.GetFieldValue<byte[]>(12)).Nanoseconds);
                Assert.Equal(3, row.GetInt32(13));
                Assert.Equal("{}", row.GetString(14));
                return row;
            },
            Cancel));
    }

    [Fact]
    public async Task Duplicates_at_once_are_accepted_and_already()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        CompletionAnswer first = default, second = default;
        await MeetAsync(
            $"select from job where job_id = {lease.Key.JobId} for update",
            async () => first = await Queue.CompleteAsync(lease, Cancel),
            async () => second = await Queue.CompleteAsync(lease, Cancel));
        Assert.Equal((CompletionAnswer.Accepted, CompletionAnswer.Already), (first, second));
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from measurement"));
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from launch"));
    }

    [Fact]
    public async Task A_late_result_counts_until_the_next_lease()
    {
        await Queue.SubmitAsync(Cancel);
        Lease first = await Queue.LeaseAsync(0, Cancel);
        Lease second = await Queue.LeaseAsync(1, Cancel);
        await Queue.ExpireAsync(Cancel);
        Assert.Equal(2, (await new ReapStatement(Source).ExecuteAsync(100, Cancel)).Count);

        Assert.Equal(CompletionAnswer.Accepted, await Queue.CompleteAsync(first, Cancel));

        Lease again = await Queue.LeaseAsync(second.Key.JobId, 1, Cancel);
        Assert.Equal(2, again.Key.Attempt);
        Assert.Equal(CompletionAnswer.Fenced, await Queue.CompleteAsync(second, Cancel));
        Assert.Equal(CompletionAnswer.Accepted, await Queue.CompleteAsync(again, Cancel));
        Assert.Equal(["1 | 0", "1 | 3", "2 | 0"], await RowsAsync("select attempt_no, outcome from attempt order by job_id, attempt_no"));
        Assert.Equal(2L, await ScalarAsync<long>("select count(*) from measurement"));
    }

    [Fact]
    public async Task Reaper_and_result_at_once_lose_nothing_whoever_is_first()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await Queue.ExpireAsync(Cancel);
        CompletionAnswer answer = default;
        IReadOnlyList<EndedAttempt> reaped = [];

        // The reaper skips what is locked, so it cannot wait behind the result: here it holds the row itself, uncommitted.
        await MeetAsync(
            $"with j as (update job set state = 0, lease_until = null, counted = 1, last_code = 'lease-expired' where job_id = {lease.Key.JobId}) " +
            $"update attempt set outcome = 3, ended_at = now(), error_code = 'lease-expired' where job_id = {lease.Key.JobId}",
            async () => answer = await Queue.CompleteAsync(lease, Cancel));
        Assert.Equal(CompletionAnswer.Accepted, answer);
        Assert.Equal(["2 | null"], await RowsAsync($"select state, last_code from job where job_id = {lease.Key.JobId}"));

        Lease other = await Queue.LeaseAsync(1, Cancel);
        await Queue.ExpireAsync(Cancel);
        await using (NpgsqlConnection holder = await Source.OpenConnectionAsync(Cancel))
        await using (NpgsqlTransaction transaction = await holder.BeginTransactionAsync(Cancel))
        {
            await using (var locked = new NpgsqlCommand($"select from job where job_id = {other.Key.JobId} for update", holder, transaction)) await locked.ExecuteNonQueryAsync(Cancel);
            reaped = await new ReapStatement(Source).ExecuteAsync(100, Cancel);
        }

        Assert.Empty(reaped);
        Assert.Equal(CompletionAnswer.Accepted, await Queue.CompleteAsync(other, Cancel));
        Assert.Empty(await new ReapStatement(Source).ExecuteAsync(100, Cancel));
    }

    [Fact]
    public async Task Another_device_an_unknown_job_and_a_wrong_number_are_fenced()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        IReadOnlyList<Completion> answers = await Statement.ExecuteAsync(
            [Queue.Result(lease with { DeviceId = Queue.Device(1) }), Queue.Result(lease with { Key = new AttemptKey(new JobId(987654), 1) })], Cancel);
        Assert.All(answers, a => Assert.Equal(CompletionAnswer.Fenced, a.Answer));
        Assert.Equal(CompletionAnswer.Fenced, await Queue.CompleteAsync(lease with { Key = lease.Key with { Attempt = 2 } }, Cancel));
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from launch"));
        Assert.Equal(CompletionAnswer.Accepted, await Queue.CompleteAsync(lease, Cancel));
    }

    [Fact]
    public async Task A_failed_or_returned_attempt_is_never_accepted()
    {
        await Queue.SubmitAsync(Cancel);
        Lease failed = await Queue.LeaseAsync(0, Cancel);
        Lease returned = await Queue.LeaseAsync(1, Cancel);
        var fail = new FailStatement(Source);
        await fail.ExecuteAsync(Queue.Failure(failed), Cancel);
        await fail.ExecuteAsync(Queue.Failure(returned) with { Outcome = AttemptOutcome.Returned, ErrorCode = null }, Cancel);
        Assert.Equal(CompletionAnswer.Fenced, await Queue.CompleteAsync(failed, Cancel));
        Assert.Equal(CompletionAnswer.Fenced, await Queue.CompleteAsync(returned, Cancel));
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from measurement"));
    }

    [Fact]
    public async Task A_running_result_of_an_interrupted_run_counts_but_an_expired_one_does_not()
    {
        Contracts.Runs.RunId run = await Queue.SubmitAsync(Cancel);
        Lease running = await Queue.LeaseAsync(0, Cancel);
        Lease expired = await Queue.LeaseAsync(1, Cancel);
        await ExecuteAsync($"update job set lease_until = now() - interval '1 s' where job_id = {expired.Key.JobId}");
        await new ReapStatement(Source).ExecuteAsync(100, Cancel);
        await new RunVerbs(Source).InterruptAsync(run, Cancel);
        Assert.Equal(CompletionAnswer.Accepted, await Queue.CompleteAsync(running, Cancel));
        Assert.Equal(CompletionAnswer.Fenced, await Queue.CompleteAsync(expired, Cancel));
        await new RunVerbs(Source).ResumeAsync(run, Cancel);
        Assert.Equal(CompletionAnswer.Accepted, await Queue.CompleteAsync(expired, Cancel));
    }

    [Fact]
    public async Task An_environment_is_stored_with_what_is_known_of_its_libraries()
    {
        await Queue.SubmitAsync(Cancel);
        LaunchReport launch = SampleLaunch.Valid();
        await Queue.CompleteAsync(
            await Queue.LeaseAsync(0, Cancel), Cancel,
            launch with { Environment = launch.Environment with { Driver = "570", Cuda = "12.8", Cudnn = "9.10.2", Tensorrt = "10.4.0", ImageDigest = "sha256:a" } });
        Assert.Equal(["570 | 12.8 | 9.10.2 | 10.4.0 | sha256:a"], await RowsAsync("select driver, cuda, cudnn, tensorrt, image_digest from environment"));
    }

    [Fact]
    public async Task A_batch_of_both_devices_shares_one_environment_row()
    {
        await Queue.SubmitAsync(Cancel);
        Lease first = await Queue.LeaseAsync(0, Cancel);
        Lease second = await Queue.LeaseAsync(1, Cancel);
        IReadOnlyList<Completion> answers = await Statement.ExecuteAsync([Queue.Result(second), Queue.Result(first)], Cancel);
        Assert.All(answers, a => Assert.Equal(CompletionAnswer.Accepted, a.Answer));
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from environment"));
        Assert.Equal(2L, await ScalarAsync<long>("select count(*) from measurement"));
    }

    [Fact]
    public async Task A_number_the_schema_refuses_leaves_nothing_behind()
    {
        await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await Assert.ThrowsAsync<PostgresException>(() => Queue.CompleteAsync(lease, Cancel, SampleLaunch.Valid(-1)));
        Assert.Equal(["1 | 0 | 0"], await RowsAsync($"select state, (select count(*) from launch), (select count(*) from environment) from job where job_id = {lease.Key.JobId}"));
        Assert.Equal(CompletionAnswer.Accepted, await Queue.CompleteAsync(lease, Cancel));
    }
}
