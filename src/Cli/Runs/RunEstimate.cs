using Fleetmark.Contracts.Runs;

namespace Fleetmark.Cli.Runs;

/// <summary>How long an open run will still take, by what its jobs took so far.</summary>
internal static class RunEstimate
{
    /// <summary>Time left, or null before the first job of this session is over.</summary>
    /// <param name="status">The run now.</param>
    /// <param name="finishedBefore">Jobs that were over when this session began.</param>
    /// <param name="elapsed">Time since then.</param>
    public static TimeSpan? Left(RunStatus status, int finishedBefore, TimeSpan elapsed)
    {
        int done = status.Finished - finishedBefore;
        return done <= 0 ? null : elapsed / done * (status.Ready + status.Leased);
    }
}
