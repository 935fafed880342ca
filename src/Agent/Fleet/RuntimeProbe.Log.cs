using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Fleet;

internal sealed partial class RuntimeProbe
{
    internal const int RefusedEvent = 5301;
    internal const int FailedEvent = 5302;

    [LoggerMessage(5300, LogLevel.Information, "Runtime {Runtime} offers {Capabilities}")]
    private partial void LogProbed(string runtime, string capabilities);

    [LoggerMessage(RefusedEvent, LogLevel.Warning, "Runtime {Runtime} is not started: {Reason}")]
    private partial void LogRefused(string runtime, string reason);

    [LoggerMessage(FailedEvent, LogLevel.Warning, "Runtime {Runtime} did not say what it can do ({Code}): {Reason} {LogTail}")]
    private partial void LogFailed(string runtime, string code, string reason, string logTail);

    [LoggerMessage(5303, LogLevel.Warning, "Runtime {Runtime} cannot use provider {Provider} here ({State}): {Reason}")]
    private partial void LogUnusable(string runtime, string provider, string state, string reason);

    [LoggerMessage(5304, LogLevel.Warning, "Device {Device} has no runtime that works; it will get no jobs")]
    private partial void LogUseless(string device);
}
