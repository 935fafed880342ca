namespace Fleetmark.Contracts;

/// <summary>
/// Names of the types that travel between Orleans processes. They only grow: a name, once used, keeps its type for ever, so that an old silo
/// understands a new one during a rolling upgrade.
/// </summary>
internal static class WireAliases
{
    internal const string RunGrain = "fleetmark.run-grain";
    internal const string DevicePoolGrain = "fleetmark.device-pool-grain";
    internal const string GatewayObserver = "fleetmark.gateway-observer";
    internal const string RunId = "fleetmark.run-id";
    internal const string JobId = "fleetmark.job-id";
    internal const string Cell = "fleetmark.cell";
    internal const string ClockPolicy = "fleetmark.clock-policy";
    internal const string SentinelMark = "fleetmark.sentinel-mark";
    internal const string DeviceClass = "fleetmark.device-class";
    internal const string PlanArtifact = "fleetmark.plan-artifact";
    internal const string SubmitRequest = "fleetmark.submit-request";
    internal const string SubmitOutcome = "fleetmark.submit-outcome";
    internal const string ReadyDevice = "fleetmark.ready-device";
    internal const string ReadyReport = "fleetmark.ready-report";
    internal const string RuntimeFinding = "fleetmark.runtime-finding";
    internal const string Assignment = "fleetmark.assignment";
}
