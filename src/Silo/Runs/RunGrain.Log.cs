using Fleetmark.Contracts.Runs;

namespace Fleetmark.Silo.Runs;

internal sealed partial class RunGrain
{
    [LoggerMessage(2001, LogLevel.Information, "Run {RunId} of {Owner} accepted with {Jobs} jobs")]
    private partial void LogAccepted(RunId runId, int jobs, string owner);

    [LoggerMessage(2002, LogLevel.Information, "Run {RunId} interrupted")]
    private partial void LogInterrupted(RunId runId);

    [LoggerMessage(2003, LogLevel.Information, "Run {RunId} goes on")]
    private partial void LogResumed(RunId runId);

    [LoggerMessage(2004, LogLevel.Information, "Run {RunId} ended as {State}")]
    private partial void LogClosed(RunId runId, RunState state);
}
