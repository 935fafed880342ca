using System.Diagnostics;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Sampling;

/// <summary>
/// The phase <c>energy</c>: the same bursts as in the window, call after call, for as long as the agent needs to see what a call costs. Their times go where the warm-up's
/// went and are forgotten; nothing is allocated.
/// </summary>
public static class EnergyLoop
{
    private const long BurstNs = 250_000_000;
    private const int LongestBurst = 4096;
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Runs it.</summary>
    /// <typeparam name="TCall">A struct that does not allocate.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="settings">How long.</param>
    /// <param name="buffer">The launch's memory; the samples of the window stay as they are.</param>
    /// <param name="medianNs">Median of a call; 0 when unknown.</param>
    /// <param name="observer">Is asked between bursts.</param>
    public static EnergyReport Run<TCall>(ref TCall call, EnergySettings settings, SampleBuffer buffer, long medianNs, IBurstObserver observer)
        where TCall : struct, ITimedCall
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentNullException.ThrowIfNull(observer);
        long shortest = settings.MinMs * NanosecondsPerMillisecond, perCall = Math.Max(1, medianNs), calls = 0;
        long begin = Stopwatch.GetTimestamp(), end = begin;
        while (calls == 0 || end - begin < shortest)
        {
            int burst = (int)Math.Clamp(Math.Min(BurstNs, shortest - (end - begin)) / perCall, 1, LongestBurst);
            TimingLoop.Burst(ref call, buffer.Window.AsSpan(0, burst), callsPerSample: 1);
            end = Stopwatch.GetTimestamp();
            calls += burst;
            perCall = Math.Max(1, (end - begin) / calls);
            observer.Between(new BurstProgress(LaunchPhase.Energy, calls, end - begin, perCall, HalfWidth: null));
        }

        return new EnergyReport { Start = begin, End = end, Calls = calls };
    }
}
