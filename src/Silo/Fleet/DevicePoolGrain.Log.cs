using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Silo.Fleet;

internal sealed partial class DevicePoolGrain
{
    [LoggerMessage(2401, LogLevel.Information, "Job {JobId} attempt {Attempt} leased to device {Device} of pool {Pool}")]
    private partial void LogLeased(JobId jobId, int attempt, int device, string pool);

    [LoggerMessage(2402, LogLevel.Warning, "{Count} assignments of pool {Pool} could not be delivered")]
    private partial void LogUndelivered(Exception exception, int count, string pool);

    [LoggerMessage(2403, LogLevel.Warning, "Job {JobId} attempt {Attempt} was not delivered and cannot be taken back; its lease runs out")]
    private partial void LogNotTakenBack(Exception exception, JobId jobId, int attempt);
}
