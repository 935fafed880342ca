using Fleetmark.Agent.Workers;

namespace Fleetmark.Agent.Conformance;

/// <summary>A worker process that was started for a check and is gone.</summary>
/// <param name="Run">Its life.</param>
/// <param name="Begin">Before its start, in <c>CLOCK_MONOTONIC</c> nanoseconds.</param>
/// <param name="End">After its end, by the same clock.</param>
/// <param name="AfterStop">Time from the moment it was asked to stop to its end; null when nobody asked.</param>
internal sealed record TriedLaunch(WorkerRun Run, long Begin, long End, TimeSpan? AfterStop)
{
    private const int LongestQuote = 200;

    /// <summary>What came of it, in one line, with the last words of stderr when it failed.</summary>
    internal string Told
    {
        get
        {
            if (Run.Outcome.Failure is not { } failure) return Run.Outcome.Result is null ? "it answered as if all were well" : "it measured as if all were well";
            string last = Run.LogTail.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "";
            return $"{failure.Code}: {failure.Text}{(last.Length == 0 ? "" : $" (last words: {last[..Math.Min(last.Length, LongestQuote)]})")}";
        }
    }
}
