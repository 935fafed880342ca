using Fleetmark.Contracts.Jobs;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Spool;

internal sealed partial class ResultSpool
{
    [LoggerMessage(5100, LogLevel.Error, "The spooled result of attempt {Attempt} cannot be read and was moved aside: {Reason}")]
    private partial void LogUnreadable(AttemptKey attempt, string reason);
}
