using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Runs;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Results;

namespace Fleetmark.Silo.Jobs;

/// <summary>Gives a cell another launch while its interval is wider than the effort aims at, up to the effort's maximum.</summary>
internal sealed class FurtherLaunches(JobQueries jobs, AddLaunchesStatement add)
{
    /// <summary>
    /// True when a further launch is worth its time. Launches that failed or were disturbed count towards the maximum, and a cell that is worth no more than they are
    /// gets none: it is not its spread that spoils it. Every launch of a cell is over when this is asked.
    /// </summary>
    /// <param name="cell">What the launches so far come to.</param>
    /// <param name="repetitions">Repetitions so far, whatever became of them.</param>
    /// <param name="effort">Effort of the run.</param>
    public static bool IsWanted(CellProjection cell, int repetitions, EffortSettings effort) =>
        repetitions < effort.LaunchesMaximum
        && (MeasurementState)cell.State is MeasurementState.Valid or MeasurementState.Unstable
        && Math.Log(cell.RateHighPerS / cell.RateLowPerS ?? cell.CiHighUs / cell.CiLowUs ?? 1) / 2 > effort.CellHalfWidthTarget;

    /// <summary>Adds the next repetition of each cell behind everything the run has, in the order its seed gives that round.</summary>
    /// <param name="run">The run.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>Slugs of the pools that have something new; none when somebody else added it, or the run takes no more.</returns>
    public async Task<IReadOnlyList<string>> AddAsync(RunId run, long seed, IReadOnlyList<UnprojectedCell> cells, CancellationToken cancel)
    {
        if (cells.Count == 0) return [];
        IReadOnlyList<int> order = await jobs.CellOrderAsync(run, cancel);
        var places = order.Index().ToDictionary(c => c.Item, c => c.Index);
        return await add.ExecuteAsync(
            run,
            [
                .. cells.GroupBy(c => (short)c.Repetitions).SelectMany(round =>
                {
                    IReadOnlyList<int> keys = RoundOrder.AddedRound(order.Count, seed, round.Key);
                    return round.Select(c => new AddedLaunch(c.CellId, round.Key, keys[places[c.CellId]]));
                }),
            ],
            cancel);
    }
}
