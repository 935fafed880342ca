using System.Diagnostics;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Measurement.WarmUp;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Latency;

/// <summary>One launch of a latency cell, or a soak: load, first call, warm-up, sampling, perhaps the loop for energy, finish.</summary>
internal sealed class LatencyLaunch(LaunchRequest request, ProtocolChannel channel, CancellationToken cancel)
{
    private readonly Dictionary<string, double> _phasesMs = new(StringComparer.Ordinal);

    /// <summary>Runs the launch.</summary>
    /// <returns>The messages that end it: samples and result.</returns>
    /// <exception cref="WorkerException">It cannot be run, or its output is wrong.</exception>
    internal IReadOnlyList<WorkerMessage> Run()
    {
        ExecutionProvider provider = LaunchGate.Check(request);
        Placement placement = LaunchGate.PlacementOf(provider, request);
        if (request.Scope == Scope.Device) return Measure(provider, placement, static model => new DeviceCall(model));
        return placement == Placement.Host ? Measure(provider, placement, static model => new EndToEndCall(model)) : Measure(provider, placement, static model => new RebindCall(model));
    }

    private WorkerMessage[] Measure<TCall>(ExecutionProvider provider, Placement placement, Func<BoundModel, TCall> callOf)
        where TCall : struct, ITimedCall
    {
        TimeSpan age = LaunchSurroundings.Age() ?? TimeSpan.Zero;
        long begin = channel.Begin(LaunchPhase.Load);
        CoreAffinity.Pin(request.Cpus);
        SessionSettings settings = provider.Settings(request);
        Priming.Run(callOf, cancel);
        (BoundModel loaded, bool isSingle) = ModelLoading.Load(request, settings, placement, provider.Memory, cancel);
        using BoundModel model = loaded;
        using CancellationTokenRegistration terminate = cancel.Register(() => model.RunOptions.Terminate = true);
        InputValues.Fill(model.HostInput, request.Seed);
        model.CopyInput();
        TCall call = callOf(model);
        var buffer = new SampleBuffer(request.Sample.MaxCount);
        long floorNs = buffer.TimerFloorNanoseconds();
        var observer = new LaunchObserver(channel, cancel);
        Note(LaunchPhase.Load, begin, age);

        begin = channel.Begin(LaunchPhase.First);
        long firstNs = First(ref call);
        Note(LaunchPhase.First, begin);

        begin = channel.Begin(LaunchPhase.Warmup);
        (WarmUpReport warmUp, long medianNs) = WarmUpPhase.Run(ref call, request.Warmup, firstNs, buffer, observer);
        Note(LaunchPhase.Warmup, begin);

        channel.Begin(LaunchPhase.Sample);
        SamplingWindow window = Sampler.Run(ref call, Window(), buffer, medianNs, SampleBuffer.CallsPerSample(medianNs, floorNs), observer);
        _phasesMs[PhaseMessage.WordOf(LaunchPhase.Sample)] = (window.WindowEnd - window.WindowStart) / 1e6;

        EnergyReport? energy = null;
        if (request.Energy is { } asked)
        {
            begin = channel.Begin(LaunchPhase.Energy);
            energy = EnergyLoop.Run(ref call, asked, buffer, medianNs, observer);
            Note(LaunchPhase.Energy, begin);
        }

        channel.Begin(LaunchPhase.Finish);
        OutputReport output = OutputCheck.Describe(model.Output, (int)model.OutputShape[1]);
        if (!output.Finite) throw new WorkerException(WorkerErrorCode.WrongOutput, "the output holds values that are not finite");
        string folder = request.WorkDir ?? Environment.CurrentDirectory;
        return [SampleDelivery.Of(window.Nanoseconds, window.CallsPerSample, folder), LaunchResult.Of(request, isSingle, settings, _phasesMs, warmUp, window, floorNs, output) with { Energy = energy }];
    }

    /// <summary>A soak lasts as long as it may: what a card sustains shows after minutes, not when the median is known well.</summary>
    private SamplingSettings Window() => request.Kind == LaunchKind.Soak ? request.Sample with { MinMs = request.Sample.MaxMs } : request.Sample;

    /// <summary>Makes one call.</summary>
    /// <returns>Its length in nanoseconds.</returns>
    internal static long First<TCall>(ref TCall call)
        where TCall : struct, ITimedCall
    {
        Span<long> elapsed = stackalloc long[1];
        TimingLoop.Burst(ref call, elapsed, 1);
        return elapsed[0];
    }

    private void Note(LaunchPhase phase, long begin, TimeSpan before = default) =>
        _phasesMs[PhaseMessage.WordOf(phase)] = (before + Stopwatch.GetElapsedTime(begin)).TotalMilliseconds;
}
