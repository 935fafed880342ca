namespace Fleetmark.Measurement.Judging;

/// <summary>What the telemetry of a GPU says about a launch: pure.</summary>
internal static class DeviceJudgement
{
    private const double ViolatedShare = 0.01;
    private const double SustainedShare = 0.85;

    /// <summary>Clocks come in steps of 1 to 2 %; the driver takes the one closest to what it was asked.</summary>
    private const double KeptShare = 0.98;

    /// <summary>Everything remarkable.</summary>
    internal static LaunchFlags FlagsOf(DeviceTelemetry device)
    {
        LaunchFlags flags = LaunchFlags.None;
        if (device.ThermalRel > ViolatedShare) flags |= LaunchFlags.Thermal;
        if (device.SlowdownRel > ViolatedShare) flags |= LaunchFlags.Slowdown;
        if (device.PowerCapRel > ViolatedShare)
        {
            flags |= LaunchFlags.PowerLimited;
            // A small card under load is always at its limit: what counts is whether it keeps what it kept when it was calibrated.
            if (device.SmClockP10Mhz < SustainedShare * Expected(device)) flags |= LaunchFlags.BelowSustained;
        }

        if (device.HasForeignProcess == true) flags |= LaunchFlags.ForeignProcess;
        if (device.IsSettled == false) flags |= LaunchFlags.NotSteady;
        return flags;
    }

    /// <summary>What the card should keep: what it kept when it was calibrated, but no more than it is locked to. Without calibration nobody knows.</summary>
    private static double? Expected(DeviceTelemetry device) =>
        device is { LockedClockMhz: { } locked, CalibratedClockMhz: { } calibrated } ? Math.Min(locked, calibrated) : device.CalibratedClockMhz;

    /// <summary>True when a value the judgement rests on is not counted by the device, or was not at the edges of the window, where readings alone may miss a short violation.</summary>
    internal static bool IsUncounted(DeviceTelemetry device) =>
        device.SmClockP10Mhz is null || device.PowerCapRel is null || device.ThermalRel is null || device.SlowdownRel is null || device.HasForeignProcess is null
        || (device.ViolationUs is null && !device.IsViolationDiscarded);

    /// <summary>Its notes.</summary>
    internal static IEnumerable<string> NotesOf(DeviceTelemetry device, LaunchFlags flags)
    {
        if (device.IsSimulated) yield return "simulated";
        if (flags.HasFlag(LaunchFlags.PowerLimited)) yield return PowerLimitNote.Of(device.SmClockP50Mhz);
        if (device.CalibratedClockMhz is null) yield return "uncalibrated";
        if (device.SmClockP50Mhz < KeptShare * device.LockedClockMhz) yield return "below-locked-clock";
        if (device.IsViolationDiscarded) yield return "violation-discarded";
    }
}
