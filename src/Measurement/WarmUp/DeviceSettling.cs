using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.WarmUp;

/// <summary>
/// Whether a GPU stood still at the end of a warm-up: the clock of the last two windows within 2 % of that of the windows before, and the temperature rising by less than
/// 0.5 °C/s. The worker cannot see either, so the agent judges it afterwards.
/// </summary>
public static class DeviceSettling
{
    private const double ClockShare = 0.02;
    private const double DegreesPerSecond = 0.5;
    private const double NanosecondsPerSecond = 1e9;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const int LastWindows = 2;
    private const int LongestWindow = 4;
    private const int FewestReadings = 3;

    /// <summary>Sensors count whole degrees, so a rise by one may be a rise by nothing.</summary>
    private const double SensorStep = 1;

    /// <summary>False when clock or temperature still moved; null when the warm-up had too few windows to tell, or the device tells neither value.</summary>
    /// <param name="clocks">Clock in MHz, in the order of time.</param>
    /// <param name="temperatures">Temperature in °C, in the order of time.</param>
    /// <param name="warmUp">What the worker says of its warm-up.</param>
    /// <param name="settings">What it was asked.</param>
    /// <param name="end">End of the warm-up, which is the begin of the sampling window, in <c>CLOCK_MONOTONIC</c> nanoseconds.</param>
    public static bool? Test(
        IReadOnlyList<DeviceReading> clocks, IReadOnlyList<DeviceReading> temperatures, WarmUpReport? warmUp, WarmUpSettings settings, long end)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (warmUp is null || warmUp.WindowsNs.Count <= LastWindows) return null;
        long window = Length(warmUp, settings);
        int windows = Math.Min(settings.Windows, warmUp.WindowsNs.Count);
        long begin = end - (windows * window), last = end - (LastWindows * window);
        bool? clock = ClockStands([.. Within(clocks, begin, last)], [.. Within(clocks, last, end)]);
        bool? heat = HeatStands([.. Within(temperatures, begin, end)]);
        return clock is null && heat is null ? null : clock != false && heat != false;
    }

    /// <summary>A worker tells the median call of its windows, not their length.</summary>
    private static long Length(WarmUpReport warmUp, WarmUpSettings settings)
    {
        long shortest = settings.WindowMs * NanosecondsPerMillisecond;
        double wanted = (double)settings.WindowCalls * warmUp.WindowsNs[^1];
        return (long)Math.Clamp(wanted, shortest, LongestWindow * shortest);
    }

    private static IEnumerable<double> Values(IEnumerable<DeviceReading> readings) => readings.Select(reading => reading.Value);

    private static IEnumerable<DeviceReading> Within(IReadOnlyList<DeviceReading> readings, long begin, long end) => readings.Where(reading => reading.At >= begin && reading.At < end);

    private static bool? ClockStands(DeviceReading[] before, DeviceReading[] last) =>
        before.Length == 0 || last.Length == 0 ? null : Math.Abs((Values(last).Average() / Values(before).Average()) - 1) <= ClockShare;

    private static bool? HeatStands(DeviceReading[] readings)
    {
        if (readings.Length < FewestReadings) return null;
        double meanAt = readings.Average(reading => reading.At / NanosecondsPerSecond), mean = Values(readings).Average();
        double along = readings.Sum(reading => ((reading.At / NanosecondsPerSecond) - meanAt) * (reading.Value - mean));
        double squares = readings.Sum(reading => Math.Pow((reading.At / NanosecondsPerSecond) - meanAt, 2));
        return along / squares < DegreesPerSecond || Values(readings).Max() - Values(readings).Min() <= SensorStep;
    }
}
