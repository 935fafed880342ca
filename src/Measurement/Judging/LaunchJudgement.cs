using System.Globalization;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Judging;

/// <summary>What a launch is worth: a pure function of its samples, the worker's result, what the agent saw of host and device, and the effort's limits.</summary>
/// <param name="State">The worst reason wins.</param>
/// <param name="Flags">Everything remarkable, also what did not change the state.</param>
/// <param name="Notes">Short words for people, in a fixed order.</param>
public sealed record LaunchJudgement(MeasurementState State, LaunchFlags Flags, IReadOnlyList<string> Notes)
{
    private const double DriftP = 0.01;
    private const double DriftRel = 0.01;

    private const LaunchFlags Contending = LaunchFlags.Steal | LaunchFlags.ForeignCpu | LaunchFlags.CgroupThrottled | LaunchFlags.LockLost
        | LaunchFlags.ForeignProcess;
    private const LaunchFlags Throttling = LaunchFlags.Thermal | LaunchFlags.Slowdown | LaunchFlags.BelowSustained;
    private const LaunchFlags Unsettling = LaunchFlags.Gc | LaunchFlags.WideInterval;
    private const LaunchFlags Unsteady = LaunchFlags.NotSteady | LaunchFlags.Drift;

    /// <summary>Judges a launch that has a number.</summary>
    /// <param name="summary">Its samples.</param>
    /// <param name="result">What the worker says.</param>
    /// <param name="host">What was seen of the host.</param>
    /// <param name="device">What was seen of the GPU; null for a launch on a CPU.</param>
    /// <param name="effort">The limits.</param>
    public static LaunchJudgement Judge(LaunchSummary summary, ResultMessage result, HostTelemetry host, DeviceTelemetry? device, EffortSettings effort)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(effort);
        LaunchFlags flags = OfSamples(summary, effort) | OfWorker(result) | OfHost(host, effort);
        if (device is not null) flags |= DeviceJudgement.FlagsOf(device);
        LaunchFlags unstable = effort.UnsteadyIsUnstable ? Unsettling | Unsteady : Unsettling;
        MeasurementState state = (flags & Contending) != LaunchFlags.None ? MeasurementState.Contended
            : (flags & Throttling) != LaunchFlags.None ? MeasurementState.Throttled
            : (flags & unstable) != LaunchFlags.None ? MeasurementState.Unstable
            : MeasurementState.Valid;
        return new LaunchJudgement(state, flags, [.. NotesOf(summary, result, host, device, effort, flags)]);
    }

    private static LaunchFlags OfSamples(LaunchSummary summary, EffortSettings effort)
    {
        LaunchFlags flags = LaunchFlags.None;
        if (summary.HalfWidthRel > effort.UnstableHalfWidth) flags |= LaunchFlags.WideInterval;
        if (summary.TrendP < DriftP && Math.Abs(summary.TrendRel ?? 0) >= DriftRel) flags |= LaunchFlags.Drift;
        if (summary.Modes is not null) flags |= LaunchFlags.Bimodal;
        if (summary.Outliers > 0) flags |= LaunchFlags.Outliers;
        return flags;
    }

    private static LaunchFlags OfWorker(ResultMessage result)
    {
        LaunchFlags flags = LaunchFlags.None;
        if (result.Warmup?.Steady == false) flags |= LaunchFlags.NotSteady;
        if (result.Gc is { Collections: > 0 } or { PauseMs: > 0 } or { AllocatedBytes: > 0 }) flags |= LaunchFlags.Gc;
        return flags;
    }

    private static LaunchFlags OfHost(HostTelemetry host, EffortSettings effort)
    {
        LaunchFlags flags = LaunchFlags.None;
        if (host.StealRel > effort.ContendedSteal) flags |= LaunchFlags.Steal;
        if (host.ForeignCpuRel > effort.ContendedForeignCpu) flags |= LaunchFlags.ForeignCpu;
        if (host.CgroupThrottled > 0) flags |= LaunchFlags.CgroupThrottled;
        if (host.IsLockLost) flags |= LaunchFlags.LockLost;
        return flags;
    }

    private static IEnumerable<string> NotesOf(
        LaunchSummary summary, ResultMessage result, HostTelemetry host, DeviceTelemetry? device, EffortSettings effort, LaunchFlags flags)
    {
        if (flags.HasFlag(LaunchFlags.NotSteady)) yield return "not-steady";
        if (result.Warmup is null) yield return "warm-up-unreported";
        else if (result.Warmup.Steady is null) yield return "warm-up-untested";
        if (flags.HasFlag(LaunchFlags.Drift)) yield return "drift";
        if (flags.HasFlag(LaunchFlags.Bimodal))
            yield return string.Create(CultureInfo.InvariantCulture, $"bimodal ({summary.Modes!.LowerUs:G4} and {summary.Modes.UpperUs:G4} µs)");
        // The unit of throughput is the launch: there is no interval inside one.
        if (summary.HalfWidthRel is null && summary.RatePerS is null) yield return "no-interval";
        else if (summary.HalfWidthRel > effort.Sampling.HalfWidth) yield return "target-missed";
        if (string.IsNullOrEmpty(result.Effective?.Precision)) yield return "precision-unproven";
        bool isUncounted = host.StealRel is null || host.ForeignCpuRel is null || host.CgroupThrottled is null;
        if (isUncounted || (device is not null && DeviceJudgement.IsUncounted(device))) yield return "uncounted";
        if (device is null) yield break;
        foreach (string note in DeviceJudgement.NotesOf(device, flags)) yield return note;
    }
}
