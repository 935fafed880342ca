using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;

namespace Fleetmark.Storage.Tests.Results;

public sealed class CellProjectionsTests(TestCluster cluster) : QueueTests(cluster)
{
    private CellProjections Projections => new(Source);

    [Fact]
    public async Task A_new_fact_makes_a_projection_outdated_and_writing_it_makes_it_current()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        int withdrawn = (await Projections.OutdatedAsync(run, Cancel)).Count;
        Assert.Equal(2, withdrawn);   // FP16 cells: no fact but a code

        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await Queue.CompleteAsync(lease, Cancel, SampleLaunch.Valid(100) with { SmClockP50Mhz = 1095 });
        UnprojectedCell cell = Assert.Single(await Projections.OutdatedAsync(run, Cancel), c => c.Basis > 0);
        Assert.Equal((2, 1, false, 0, null), (cell.Basis, cell.Attempts, cell.Complete, cell.FailedJobs, cell.Code));
        AcceptedLaunch launch = Assert.Single((await Projections.LaunchesAsync(run, [cell.CellId], Cancel))[cell.CellId]);
        Assert.Equal((100, 3, 1L << 40), (launch.P50Us, launch.Count, launch.Flags));
        Assert.Equal(1095, launch.SmClockP50Mhz);
        Assert.NotNull(launch.Samples);

        await Projections.WriteAsync(run, [Projection(cell.CellId, cell.Basis, 100) with { SmClockP50Mhz = launch.SmClockP50Mhz }], Cancel);
        Assert.Equal(1095, await ScalarAsync<float>("select sm_clock_p50_mhz from run_cell"));
        Assert.DoesNotContain(await Projections.OutdatedAsync(run, Cancel), c => c.CellId == cell.CellId);
        await Queue.CompleteAsync(await Queue.LeaseAsync(await JobOfAsync(cell.CellId), 0, Cancel), Cancel);
        Assert.Contains(await Projections.OutdatedAsync(run, Cancel), c => c.CellId == cell.CellId && c.Basis == 4);
    }

    [Fact]
    public async Task An_older_projection_loses_and_an_equal_one_writes_again()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        await Queue.CompleteAsync(await Queue.LeaseAsync(0, Cancel), Cancel);
        int cell = (await Projections.OutdatedAsync(run, Cancel)).Single(c => c.Basis > 0).CellId;
        await Projections.WriteAsync(run, [Projection(cell, 4, 40)], Cancel);
        await Projections.WriteAsync(run, [Projection(cell, 2, 20)], Cancel);
        Assert.Equal(["4 | 40"], await RowsAsync("select basis, p50_us from run_cell"));
        await Projections.WriteAsync(run, [Projection(cell, 4, 0.1 + 0.2)], Cancel);
        Assert.Equal(0.1 + 0.2, await ScalarAsync<double>("select p50_us from run_cell"));
    }

    [Fact]
    public async Task A_cell_without_a_number_is_projected_with_its_code()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        UnprojectedCell cell = (await Projections.OutdatedAsync(run, Cancel))[0];
        Assert.Equal((0, true, FailureCode.UnsupportedFp16), (cell.Basis, cell.Complete, cell.Code));
        await Projections.WriteAsync(
            run,
            [new CellProjection { CellId = cell.CellId, Basis = 0, Complete = true, State = 5, Code = cell.Code, Launches = 0, LaunchesStarted = 0, Attempts = 0 }],
            Cancel);
        Assert.Equal(["5 | unsupported:no-fp16-kernels | null | {}"], await RowsAsync("select state, code, p50_us, launch_p50_us from run_cell"));
    }

    [Fact]
    public async Task Launches_of_rejected_attempts_are_kept_but_do_not_count()
    {
        RunId run = await Queue.SubmitAsync(Cancel);
        Lease lease = await Queue.LeaseAsync(0, Cancel);
        await new FailStatement(Source).ExecuteAsync(
            Queue.Failure(lease, "contended") with { Outcome = AttemptOutcome.RejectedNoise, Launches = [SampleLaunch.Valid(999, MeasurementState.Contended)] }, Cancel);
        await Queue.CompleteAsync(await Queue.LeaseAsync(lease.Key.JobId, 0, Cancel), Cancel, SampleLaunch.Valid(100));
        UnprojectedCell cell = (await Projections.OutdatedAsync(run, Cancel)).Single(c => c.Basis > 0);
        Assert.Equal((3, 2), (cell.Basis, cell.Attempts));
        Assert.Equal(100, Assert.Single((await Projections.LaunchesAsync(run, [cell.CellId], Cancel))[cell.CellId]).P50Us);
        List<StoredLaunch> stored = await new LaunchQueries(Source).OfRunAsync(run, Cancel).ToListAsync(Cancel);
        Assert.Equal([(AttemptOutcome.RejectedNoise, 999), (AttemptOutcome.Ok, 100)], stored.Select(l => (l.Outcome, l.P50Us)));
        Assert.All(stored, l => Assert.Equal([1_234_400, 1_234_500, 1_234_600], SampleCodec.Decode(l.Samples).Nanoseconds));
    }

    private async Task<JobId> JobOfAsync(int cell) => new(await ScalarAsync<long>($"select min(job_id) from job where cell_id = {cell} and state = 0"));

    private CellProjection Projection(int cell, int basis, double medianUs) => new()
    {
        CellId = cell,
        Basis = basis,
        Complete = false,
        State = 0,
        Launches = 1,
        LaunchesStarted = 1,
        Attempts = 1,
        N = 3,
        P50Us = medianUs,
        LaunchP50Us = [medianUs],
        DeviceId = Queue.Device(0),
        EnvId = 1,
        PrecisionEffective = "fp32",
        Arithmetic = Precision.Fp32,
    };
}
