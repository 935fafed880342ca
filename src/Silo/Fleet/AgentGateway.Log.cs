namespace Fleetmark.Silo.Fleet;

internal sealed partial class AgentGateway
{
    [LoggerMessage(2101, LogLevel.Information, "Agent {AgentId} on {Host} connected as incarnation {Incarnation}")]
    private partial void LogConnected(int agentId, string host, long incarnation);

    [LoggerMessage(2102, LogLevel.Information, "Agent {AgentId} hung up")]
    private partial void LogGone(int agentId);

    [LoggerMessage(2103, LogLevel.Information, "The stream of agent {AgentId} was cut")]
    private partial void LogCut(int agentId);
}
