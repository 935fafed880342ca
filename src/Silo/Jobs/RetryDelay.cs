using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Judging;

namespace Fleetmark.Silo.Jobs;

/// <summary>When a job may be tried again, and how often (coordination design, section 6).</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    /// <summary>Pause after the <paramref name="failures"/>-th failure: min(300 s, 5 s · 2^(failures − 1)) times a random share.</summary>
    /// <param name="failures">Failures so far, at least 1.</param>
    /// <param name="share">A random number from 0.5 to 1: jobs that failed together do not come back together.</param>
    public static TimeSpan AfterFailure(int failures, double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        double seconds = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 16)));
        return TimeSpan.FromSeconds(seconds * share);
    }

    /// <summary>Pause after a measurement under bad conditions: a throttled device needs longer to recover than a busy one.</summary>
    public static TimeSpan AfterNoise(MeasurementState state) => TimeSpan.FromSeconds(state == MeasurementState.Throttled ? 60 : 15);

    /// <summary>Attempts after which a job with this error is dead. What is likely to repeat gets one retry.</summary>
    public static short? AttemptLimit(string code) =>
        code is FailureCode.OutOfMemory or FailureCode.WorkerTimeout or FailureCode.WorkerCrash or FailureCode.DriverFault ? (short)2 : null;
}
