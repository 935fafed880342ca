using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Comparison;
using Fleetmark.Measurement.Judging;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Regressions;

namespace Fleetmark.Storage.Tests.Regressions;

public sealed class SentinelPairsTests(TestCluster cluster) : QueueTests(cluster)
{
    private SentinelPairs Pairs => new(Source);

    [Fact]
    public async Task A_sentinel_is_there_once_both_sides_are_over()
    {
        RunId run = await Queue.SubmitWatchedAsync(Cancel);
        await Queue.MeasureAsync(job => job.Cell.Sentinel is null || (job.Cell.Model == "VGG11" && job.Repetition == 4) ? null : Median(job), Cancel);
        await Queue.ProjectAsync(run, Cancel);
        Assert.Equal(["SqueezeNet1_1 batch 1"], (await Pairs.MeasuredAsync(run, Cancel)).Select(p => p.Sentinel));

        await Queue.MeasureAsync(job => job.Cell.Sentinel is null ? null : Median(job), Cancel);
        await Queue.ProjectAsync(run, Cancel);

        IReadOnlyList<MeasuredSentinel> both = await Pairs.MeasuredAsync(run, Cancel);
        Assert.Equal(["SqueezeNet1_1 batch 1", "VGG11 batch 1"], both.Select(p => p.Sentinel));
        Assert.All(both, p => Assert.Equal(Queue.Device(0), p.DeviceId));
        Assert.All(both, p => Assert.Equal([100.0, 101, 102, 103, 104], p.A));
        Assert.All(both, p => Assert.Equal([200.0, 201, 202, 203, 204], p.B));
    }

    [Fact]
    public async Task What_is_stored_is_not_there_again_until_it_was_measured_on()
    {
        RunId run = await MeasuredAsync();
        ComparedSentinel[] compared = [.. (await Pairs.MeasuredAsync(run, Cancel)).Select(m => new ComparedSentinel(m, new SentinelPair(0.01, 0.5)))];
        await Pairs.StoreAsync(run, compared, Cancel);
        Assert.Empty(await Pairs.MeasuredAsync(run, Cancel));
        Assert.Equal(["SqueezeNet1_1 batch 1 | 0.01 | 0.5", "VGG11 batch 1 | 0.01 | 0.5"], await RowsAsync("select sentinel, log_ratio, p from aa_pair order by 1"));

        await ExecuteAsync("update run_cell p set finished_at = finished_at + interval '1 s' from cell c where c.cell_id = p.cell_id and extra ->> 'sentinel' = 'b'");
        ComparedSentinel[] again = [.. (await Pairs.MeasuredAsync(run, Cancel)).Select(m => new ComparedSentinel(m, new SentinelPair(0.02, 0.4)))];
        await Pairs.StoreAsync(run, again, Cancel);
        await Pairs.StoreAsync(run, compared, Cancel);
        Assert.Equal(["0.02", "0.02"], await RowsAsync("select log_ratio from aa_pair"));
    }

    [Fact]
    public async Task Launches_that_are_not_valid_and_sides_that_are_worth_nothing_do_not_count()
    {
        RunId run = await MeasuredAsync();
        await ExecuteAsync($"update measurement set state = {(int)MeasurementState.Contended} where rep = 2");
        await ExecuteAsync("update run_cell p set state = 3 from cell c join model m using (model_id) where c.cell_id = p.cell_id and m.name = 'VGG11' and extra ->> 'sentinel' = 'b'");

        MeasuredSentinel sentinel = Assert.Single(await Pairs.MeasuredAsync(run, Cancel));

        Assert.Equal(("SqueezeNet1_1 batch 1", 4, 4), (sentinel.Sentinel, sentinel.A.Count, sentinel.B.Count));
    }

    [Fact]
    public async Task A_device_is_judged_by_its_own_newest_pairs_or_by_those_of_its_class()
    {
        await Queue.SubmitAsync(Cancel);
        await InsertAsync(device: 0, count: 9, logRatio: "0.05");
        await InsertAsync(device: 1, count: 40, logRatio: "case when i > 10 then 0.03 else 9 end"); // the oldest ten are long past

        NoiseFloor own = await Pairs.NoiseFloorAsync(Queue.Device(1), Cancel), ofClass = await Pairs.NoiseFloorAsync(Queue.Device(0), Cancel);

        Assert.Equal((0.03, NoiseFloorSource.Device, 30), (own.LogRatio, own.Source, own.Pairs));
        Assert.Equal((NoiseFloorSource.DeviceClass, 30), (ofClass.Source, ofClass.Pairs));
    }

    [Fact]
    public async Task Replayed_devices_say_nothing_of_real_ones()
    {
        await Queue.SubmitAsync(Cancel);
        await InsertAsync(device: 1, count: 20, logRatio: "0.5");
        await ExecuteAsync($"update device set simulated = true where device_id = {Queue.Device(1)}");

        Assert.Equal(new NoiseFloor(NoiseFloor.Default, NoiseFloorSource.Default, 0, null), await Pairs.NoiseFloorAsync(Queue.Device(0), Cancel));
    }

    /// <summary>The sides differ, and so do their launches.</summary>
    private static double Median(JobSpecification job) => (job.Cell.Sentinel!.Label == "a" ? 100 : 200) + job.Repetition;

    private async Task<RunId> MeasuredAsync()
    {
        RunId run = await Queue.SubmitWatchedAsync(Cancel);
        await Queue.MeasureAsync(job => job.Cell.Sentinel is null ? null : Median(job), Cancel);
        await Queue.ProjectAsync(run, Cancel);
        return run;
    }

    /// <summary>Pairs of one sentinel, a minute apart, numbered from 1.</summary>
    private Task InsertAsync(int device, int count, string logRatio) => ExecuteAsync($"""
        insert into aa_pair (run_id, device_id, sentinel, log_ratio, p, finished_at)
        select (select max(run_id) from run), {Queue.Device(device)}, 'S' || i, {logRatio}, 0.5, now() + i * interval '1 min' from generate_series(1, {count}) i
        """);
}
