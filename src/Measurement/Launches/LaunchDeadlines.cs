namespace Fleetmark.Measurement.Launches;

/// <summary>How long a worker may stay in each phase before the agent ends it, and how long it may be silent.</summary>
public static class LaunchDeadlines
{
    private static readonly TimeSpan Hello = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EngineBuild = TimeSpan.FromSeconds(900);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan WarmUpSlack = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SampleSlack = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Finish = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);
    private const int SlackCalls = 10;

    /// <summary>Longest stay in <paramref name="phase"/>, counted from its begin.</summary>
    /// <param name="request">What the worker was asked. Trying devices, building a model and a self-check count as <see cref="LaunchPhase.Load"/>.</param>
    /// <param name="phase">The phase the worker is in.</param>
    /// <param name="callTime">The best known time of one call (<see cref="WorkerConversation.CallTime"/>).</param>
    public static TimeSpan For(WorkerRequest request, LaunchPhase phase, TimeSpan? callTime)
    {
        TimeSpan call = Believed(callTime) ?? First;
        return (phase, request) switch
        {
            (LaunchPhase.Start, _) => Hello,
            (LaunchPhase.Load, CapabilitiesRequest { Device: null }) => Probe,
            (LaunchPhase.Load, LaunchRequest { Provider: "tensorrt" } or BuildRequest or ConvertRequest or InspectRequest) => EngineBuild,
            (LaunchPhase.Load, _) => Load,
            (LaunchPhase.First, _) => First,
            (LaunchPhase.Warmup, LaunchRequest launch) => TimeSpan.FromMilliseconds(launch.Warmup.CapMs) + (SlackCalls * call) + WarmUpSlack,
            (LaunchPhase.Sample, LaunchRequest launch) => TimeSpan.FromMilliseconds(launch.Sample.MaxMs) + (launch.Sample.FloorCount * call) + SampleSlack,
            (LaunchPhase.Energy, LaunchRequest { Energy: { } energy }) => TimeSpan.FromMilliseconds(energy.MinMs) + (SlackCalls * call) + SampleSlack,
            _ => Finish,
        };
    }

    /// <summary>Longest silence: no line on stdout.</summary>
    /// <param name="request">What the worker was asked.</param>
    /// <param name="phase">The phase the worker is in; loading and the first call say nothing while they last.</param>
    /// <param name="callTime">The best known time of one call.</param>
    public static TimeSpan Silence(WorkerRequest request, LaunchPhase phase, TimeSpan? callTime)
    {
        if (phase <= LaunchPhase.First) return For(request, phase, callTime);
        TimeSpan calls = SlackCalls * (Believed(callTime) ?? TimeSpan.Zero);
        return calls > Quiet ? calls : Quiet;
    }

    /// <summary>A call that lasts longer than the first one may would not have come this far: what says so is a clock that cannot be believed.</summary>
    private static TimeSpan? Believed(TimeSpan? callTime) => callTime is { } told ? TimeSpan.FromTicks(Math.Clamp(told.Ticks, 0, First.Ticks)) : null;
}
