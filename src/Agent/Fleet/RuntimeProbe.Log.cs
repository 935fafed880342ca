using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Fleet;

internal sealed partial class RuntimeProbe
{
    internal const int RefusedEvent = 5301;
    internal const int FailedEvent = 5302;

    [LoggerMessage(5300, LogLevel.Information, "Runtime {Runtime} offers {Providers} on {Device}")]
    private partial void LogProbed(string runtime, string providers, string device);

    [LoggerMessage(RefusedEvent, LogLevel.Warning, "Runtime {Runtime} is not started: {Reason}")]
    private partial void LogRefused(string runtime, string reason);

    [LoggerMessage(FailedEvent, LogLevel.Warning, "Runtime {Runtime} did not say what it can do ({Code}): {Reason} {LogTail}")]
    private partial void LogFailed(string runtime, string code, string reason, string logTail);

    [LoggerMessage(5303, LogLevel.Warning, "Runtime {Runtime} cannot use provider {Provider} on {Device} ({State}): {Reason}")]
    private partial void LogUnusable(string runtime, string provider, string device, string state, string reason);

    [LoggerMessage(5304, LogLevel.Warning, "Device {Device} has no runtime that works; it will get no jobs")]
    private partial void LogUseless(string device);
}
