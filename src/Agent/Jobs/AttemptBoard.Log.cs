using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Jobs;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Jobs;

internal sealed partial class AttemptBoard
{
    [LoggerMessage(5600, LogLevel.Information, "Attempt {Attempt} accepted: {Model}, batch {Batch}, on {Device}")]
    private partial void LogAccepted(AttemptKey attempt, string model, int batch, string device);

    [LoggerMessage(5601, LogLevel.Information, "Attempt {Attempt} refused: {Reason}")]
    private partial void LogRefused(AttemptKey attempt, string reason);

    [LoggerMessage(5602, LogLevel.Information, "Attempt {Attempt} was assigned again; its result waits in the spool")]
    private partial void LogFinishedAlready(AttemptKey attempt);

    [LoggerMessage(5603, LogLevel.Information, "Attempt {Attempt} is made to stop: {Reason}")]
    private partial void LogStopping(AttemptKey attempt, StopReason reason);

    [LoggerMessage(5604, LogLevel.Information, "The job of attempt {Attempt} goes back: {Reason}")]
    private partial void LogReturned(AttemptKey attempt, string reason);

    [LoggerMessage(5605, LogLevel.Warning, "Attempt {Attempt} failed with {Code}: {Reason}")]
    private partial void LogFailed(AttemptKey attempt, string code, string reason);

    [LoggerMessage(5606, LogLevel.Error, "The result of attempt {Attempt} is held in memory, the disk does not take it: {Reason}")]
    private partial void LogNotSpooled(AttemptKey attempt, string reason);

    [LoggerMessage(5607, LogLevel.Error, "Attempt {Attempt} met a defect of the agent")]
    private partial void LogDefect(Exception defect, AttemptKey attempt);

    [LoggerMessage(5608, LogLevel.Error, "Device {Device} cannot be locked, so it gets no work: {Reason}")]
    private partial void LogNoLock(string device, string reason);
}
