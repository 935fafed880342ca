using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Judging;

namespace Fleetmark.Silo.Jobs;

/// <summary>When a job may be tried again, and how often (coordination design, section 6).</summary>
internal static class RetryDelay
{
    /// <summary>Pause after a measurement under bad conditions: a throttled device needs longer to recover than a busy one.</summary>
    public static TimeSpan AfterNoise(MeasurementState state) => TimeSpan.FromSeconds(state == MeasurementState.Throttled ? 60 : 15);

    /// <summary>Attempts after which a job with this error is dead. What is likely to repeat gets one retry.</summary>
    public static short? AttemptLimit(string code) =>
        code is FailureCode.OutOfMemory or FailureCode.WorkerTimeout or FailureCode.WorkerCrash or FailureCode.DriverFault ? (short)2 : null;
}
