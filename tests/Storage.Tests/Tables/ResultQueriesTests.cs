using System.Text.Json;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Results;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Launches;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;
using Fleetmark.Storage.Sessions;
using Fleetmark.Storage.Tables;

namespace Fleetmark.Storage.Tests.Tables;

public sealed class ResultQueriesTests(TestCluster cluster) : QueueTests(cluster)
{
    [Fact]
    public async Task A_run_nobody_made_is_not_there() => Assert.Null(await ReadAsync(new RunId(4711)));

    [Fact]
    public async Task Cells_come_in_plan_order_and_each_says_why_it_has_no_number()
    {
        RunId run = await new SubmitStatement(Source).ExecuteAsync(await Queue.SubmissionAsync(Cancel), Cancel);
        RunResults results = (await ReadAsync(run))!;
        Assert.Equal(["VGG11", "AlexNet"], results.Models.Select(m => m.Name));
        Assert.Equal(["cpu-test", "t4"], results.DeviceClasses.Select(c => c.Slug));
        Assert.Equal(1_234_567_890_123, results.Models[0].Counts["macs"]);
        string[] each = ["cpu-test Fp32 Queued ", "cpu-test Fp16 Unsupported unsupported:no-fp16-kernels", "t4 Fp32 Missing no-device-class", "t4 Fp16 Missing no-device-class"];
        Assert.Equal(
            [.. each.Select(e => $"VGG11 {e}"), .. each.Select(e => $"AlexNet {e}")],
            results.Cells.Select(c => $"{c.Cell.Model} {c.Cell.DeviceClass} {c.Cell.Precision} {c.State} {c.Code}"));
    }

    [Fact]
    public async Task A_comparison_of_a_converted_model_comes_with_the_run_that_measured_it()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        var inspection = new InspectionReport
        {
            ModelSha256 = new string('c', 64),
            Converter = 1,
            GraphSha256 = new byte[32],
            Detail = JsonElement.Parse("""
                {"precisionCheck":{"inputs":64,"top1Agreements":63,"ties":1,"maxAbsDifference":0.5,"minCosine":0.25,"finite":true},"conversion":{"keptNodes":2},"overflow":"tensor 'a' of node 'a' (Mul)"}
                """),
        };
        await new CompleteStatement(Source).ExecuteAsync([Queue.Result(lease) with { Inspection = inspection }], Cancel);
        await Queue.ProjectAsync(run, Cancel);
        ParityFacts facts = Assert.Single((await ReadAsync(run))!.Parity);
        Assert.Equal(("cpu-test", Precision.Fp32, 64, 63, 1, 0.5, 0.25), (facts.DeviceClass, facts.Precision, facts.Inputs, facts.Top1Agreements, facts.Ties, facts.MaxAbsDifference, facts.MinCosine));
        Assert.Equal(("cpu", "ort131-cpu"), (facts.Provider, facts.Flavour));
        Assert.Equal((2, "tensor 'a' of node 'a' (Mul)"), (facts.KeptNodes, facts.Overflow));
    }

    [Fact]
    public async Task The_machines_that_measured_say_what_their_harness_adds()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Assert.Empty((await ReadAsync(run))!.Harness);
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel);
        HarnessFacts before = Assert.Single((await ReadAsync(run))!.Harness);
        Assert.Equal(("cpu-test", null), (before.DeviceClass, before.Report));
        await new RegisterStatement(Source).ExecuteAsync(Queue.Hello(9) with { SelfCheck = SampleSelfCheck.Report() }, Cancel);
        HarnessFacts after = Assert.Single((await ReadAsync(run))!.Harness);
        Assert.Equal(SampleSelfCheck.Report().Checks, after.Report!.Checks);
        Assert.NotEmpty(after.Agent);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"precisionCheck":7}""")]
    [InlineData("""{"precisionCheck":{"inputs":"64","top1Agreements":63,"maxAbsDifference":0.5,"minCosine":0.25}}""")]
    public void A_detail_of_another_version_has_no_comparison(string detail) => Assert.Null(ParityText.Facts("m", "c", Precision.Fp16, "cpu", "ort131-cpu", detail));

    [Fact]
    public async Task Sentinels_stand_in_no_table_and_in_no_bundle()
    {
        RunId run = await Queue.SubmitWatchedAsync(Cancel);
        await Queue.MeasureAsync(job => job.Cell.Sentinel is null && job.Repetition > 0 ? null : 100, Cancel);

        RunResults results = (await ReadAsync(run))!;

        Assert.All(results.Cells, c => Assert.Null(c.Cell.Sentinel));
        Assert.Equal(["VGG11", "AlexNet"], results.Models.Select(m => m.Name));
        Assert.Equal(new string('b', 64), results.Models[0].Sha256);
        Assert.Equal(2, (await new LaunchQueries(Source).OfRunAsync(run, Cancel).ToListAsync(Cancel)).Count);
        Assert.Equal(22L, await ScalarAsync<long>("select count(*) from measurement"));
    }

    [Fact]
    public async Task A_class_on_which_only_sentinels_were_measured_has_no_environment()
    {
        RunId run = await Queue.SubmitWatchedAsync(Cancel);
        await Queue.MeasureAsync(job => job.Cell.Sentinel is null ? null : 100, Cancel);

        DeviceClassFacts facts = Assert.Single((await ReadAsync(run))!.DeviceClasses);

        Assert.Equal((0, 0), (facts.Devices, facts.Environments.Count));
    }

    [Fact]
    public async Task A_cell_goes_from_queued_through_running_and_retrying_to_its_number()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        Cell cell = (await new JobQueries(Source).SpecificationsAsync([lease.Key.JobId], Cancel))[lease.Key.JobId.Value].Cell;
        Assert.Equal(CellState.Running, (await CellAsync(run, cell)).State);

        await new FailStatement(Source).ExecuteAsync(Queue.Failure(lease), Cancel);
        Assert.Equal(CellState.Retrying, (await CellAsync(run, cell)).State);

        await ExecuteAsync($"update job set state = 5, last_code = 'budget' where run_id = {run} and state = 0 and job_id <> {lease.Key.JobId}");
        await Queue.CompleteAsync(await Queue.LeaseAsync(lease.Key.JobId, 0, Cancel), Cancel, SampleLaunch.Valid(100));
        Assert.Equal((CellState.Running, null), ((await CellAsync(run, cell)).State, (await CellAsync(run, cell)).P50Us));
        int row = await ScalarAsync<int>($"select cell_id from job where job_id = {lease.Key.JobId}");
        await new CellProjections(Source).WriteAsync(
            run,
            [
                new CellProjection
                {
                    CellId = row, Basis = 3, Complete = true, State = 0, Launches = 1, LaunchesStarted = 1, Attempts = 2, N = 3, P50Us = 100, MinUs = 99.9,
                    LaunchP50Us = [100], DeviceId = lease.DeviceId, EnvId = 1, PrecisionEffective = "fp32", Arithmetic = Precision.Fp32, Notes = ["few-launches"],
                },
            ],
            Cancel);
        CellResult done = await CellAsync(run, cell);
        Assert.Equal((CellState.Valid, null, 100, 99.9, 2, 3), (done.State, done.Code, done.P50Us, done.MinUs, done.Attempts, done.Count));
        Assert.Equal(["few-launches"], done.Notes);
        DeviceClassFacts device = Assert.Single((await ReadAsync(run))!.DeviceClasses);
        Assert.Equal(("Test CPU", 1, "ONNX Runtime 1.31.1"), (device.DisplayName, device.Devices, $"{device.Environments[0].Runtime} {device.Environments[0].RuntimeVersion}"));
        Assert.Equal(["kernel 6.1"], device.Environments[0].Facts);
    }

    [Fact]
    public async Task Energy_per_image_of_a_cell_is_shown_with_it()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await Queue.CompleteAsync(lease, Cancel, SampleLaunch.Valid(100) with { EnergyUjPerItem = 175_000, EnergyNetUjPerItem = 100_000 });
        int row = await ScalarAsync<int>($"select cell_id from job where job_id = {lease.Key.JobId}");
        await ExecuteAsync("update job set state = 5, last_code = 'budget' where state = 0");
        AcceptedLaunch launch = Assert.Single((await new CellProjections(Source).LaunchesAsync(run, [row], Cancel))[row]);
        Assert.Equal((175_000.0, 100_000.0), (launch.EnergyUjPerItem, launch.EnergyNetUjPerItem));
        var projection = new CellProjection
        {
            CellId = row,
            Basis = 3,
            Complete = true,
            State = 0,
            Launches = 1,
            LaunchesStarted = 1,
            Attempts = 1,
            N = 3,
            P50Us = 100,
            LaunchP50Us = [100],
            DeviceId = lease.DeviceId,
            EnvId = launch.EnvId,
            PrecisionEffective = "fp32",
            Arithmetic = Precision.Fp32,
            EnergyUjPerItem = 175_000,
            EnergyNetUjPerItem = 100_000,
        };
        await new CellProjections(Source).WriteAsync(run, [projection], Cancel);
        await new CellProjections(Source).WriteAsync(run, [projection with { Basis = 4, EnergyNetUjPerItem = null }], Cancel);
        CellResult done = Assert.Single((await ReadAsync(run))!.Cells, c => c.P50Us is not null);
        Assert.Equal((175_000.0, null), (done.EnergyUjPerItem, done.EnergyNetUjPerItem));
    }

    private async Task<CellResult> CellAsync(RunId run, Cell cell) => Assert.Single((await ReadAsync(run))!.Cells, c => c.Cell == cell);

    private Task<RunResults?> ReadAsync(RunId run) => new ResultQueries(Source, new RunQueries(Source)).FindAsync(run, Cancel);
}
