using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Link;

internal sealed partial class GatewayLink
{
    [LoggerMessage(5800, LogLevel.Information, "Session with {Gateway} of cluster {ClusterId}, incarnation {Incarnation}")]
    private partial void LogWelcomed(string gateway, string clusterId, long incarnation);

    [LoggerMessage(5801, LogLevel.Warning, "No session with {Gateway} ({Reason}); dialling again in {Delay}")]
    private partial void LogLost(string gateway, string reason, TimeSpan delay);

    [LoggerMessage(5802, LogLevel.Debug, "{Count} messages of unknown kind in this session")]
    private partial void LogUnknown(int count);
}
