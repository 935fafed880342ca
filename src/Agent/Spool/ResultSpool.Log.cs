using Fleetmark.Contracts.Jobs;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Spool;

internal sealed partial class ResultSpool
{
    [LoggerMessage(5100, LogLevel.Error, "The spooled result of attempt {Attempt} is ruined and was moved aside: {Reason}")]
    private partial void LogRuined(AttemptKey attempt, string reason);

    [LoggerMessage(5101, LogLevel.Error, "The spooled result of attempt {Attempt} is gone")]
    private partial void LogGone(AttemptKey attempt);

    [LoggerMessage(5102, LogLevel.Warning, "The spooled result of attempt {Attempt} cannot be read now: {Reason}")]
    private partial void LogUnreadable(AttemptKey attempt, string reason);
}
