using System.Data.Common;
using Fleetmark.Contracts.Runs;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Silo.Jobs;

/// <summary>
/// Finds what nobody minds any more: leases that ran out, and open runs without open jobs. Every silo does it, none leads; SKIP LOCKED keeps them apart. Does not
/// reap before the silo has had a working database for one lease time: after an outage agents come back first and keep their work. Started by the host,
/// ended by its stop.
/// </summary>
internal sealed partial class Housekeeping(
    ReapStatement reap, RunQueries runs, RunHints hints, DispatchOptions options, TimeProvider clock, ILogger<Housekeeping> log) : BackgroundService
{
    private const int ReapAtOnce = 100;

    private long? _databaseWorksSince;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.HousekeepEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReapAsync(stoppingToken);
                foreach (RunId run in await runs.OpenWithoutOpenJobsAsync(stoppingToken)) hints.Progress(run);
                _databaseWorksSince ??= clock.GetTimestamp();
            }
            catch (DbException e)
            {
                _databaseWorksSince = null;
                LogDatabaseAway(e);
            }
        }
    }

    private async Task ReapAsync(CancellationToken cancel)
    {
        if (_databaseWorksSince is not { } since || clock.GetElapsedTime(since) < options.LeaseTime) return;
        foreach (EndedAttempt job in await reap.ExecuteAsync(ReapAtOnce, cancel))
        {
            LogExpired(job.Key.JobId.Value, job.Key.Attempt);
            hints.WorkAvailable(job.Pool, job.RunId);
        }
    }

    [LoggerMessage(2601, LogLevel.Warning, "The lease of job {JobId} attempt {Attempt} ran out")]
    private partial void LogExpired(long jobId, int attempt);

    [LoggerMessage(2602, LogLevel.Warning, "The database does not answer; housekeeping waits")]
    private partial void LogDatabaseAway(Exception exception);
}
