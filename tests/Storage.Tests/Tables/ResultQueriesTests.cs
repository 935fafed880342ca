using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Launches;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;
using Fleetmark.Storage.Runs;
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

    private async Task<CellResult> CellAsync(RunId run, Cell cell) => Assert.Single((await ReadAsync(run))!.Cells, c => c.Cell == cell);

    private Task<RunResults?> ReadAsync(RunId run) => new ResultQueries(Source, new RunQueries(Source)).FindAsync(run, Cancel);
}
