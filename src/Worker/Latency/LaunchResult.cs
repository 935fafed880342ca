using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Latency;

/// <summary>The message that ends a launch with a number.</summary>
internal static class LaunchResult
{
    /// <summary>Writes it.</summary>
    internal static ResultMessage Of(
        LaunchRequest request, bool isSingle, SessionSettings settings, IReadOnlyDictionary<string, double> phasesMs, WarmUpReport warmUp, SamplingWindow window, long floorNs, OutputReport output) => new()
        {
            WindowStart = window.WindowStart,
            WindowEnd = window.WindowEnd,
            TimerFloorNs = floorNs,
            PhasesMs = phasesMs,
            Warmup = warmUp,
            HalfWidth = window.HalfWidth,
            Bursts = window.Bursts,
            Gc = window.Collections,
            Output = output,
            Effective = new EffectiveReport
            {
                // Of a graph that holds other formats an inspection finds out what it is computed in.
                Precision = request.Precision == Precision.Fp32 && isSingle ? "fp32" : null,
                Threads = request.Threads,
                Options = settings.Effective(),
                Engine = settings.Engine,
            },
            Memory = LaunchSurroundings.Memory(),
            Environment = LaunchSurroundings.Environment(),
        };
}
