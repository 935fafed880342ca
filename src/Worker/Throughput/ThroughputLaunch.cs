using System.Diagnostics;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Latency;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Throughput;

/// <summary>One launch of a throughput cell: one session, concurrent closed loops with bindings of their own, the calls they complete in a window.</summary>
internal sealed class ThroughputLaunch(LaunchRequest request, ProtocolChannel channel, CancellationToken cancel)
{
    private const int FloorPairs = 10_000;

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
        using var bindings = new LoopBindings(model, request.Concurrency!.Value);
        using CancellationTokenRegistration terminate = cancel.Register(bindings.Terminate);
        bindings.Fill(request.Seed);
        TCall[] calls = [.. bindings.All.Select(callOf)];
        long floorNs = TimingLoop.FloorNanoseconds(new long[FloorPairs]);
        var observer = new LaunchObserver(channel, cancel);
        Note(LaunchPhase.Load, begin, age);

        begin = channel.Begin(LaunchPhase.First);
        long firstNs = LatencyLaunch.First(ref calls[0]);
        Note(LaunchPhase.First, begin);

        begin = channel.Begin(LaunchPhase.Warmup);
        var ticks = default(MonotonicTicks);
        using var loops = new ClosedLoops<TCall, MonotonicTicks>(calls, ticks);
        (WarmUpReport warmUp, double perCallNs) = LoopWarmUp.Run(loops, ticks, request.Warmup, firstNs, observer, cancel);
        Note(LaunchPhase.Warmup, begin);

        channel.Begin(LaunchPhase.Sample);
        (SamplingWindow window, IReadOnlyList<int> streams) = LoopSampler.Run(loops, ticks, request.Sample, perCallNs, floorNs, cancel);
        _phasesMs[PhaseMessage.WordOf(LaunchPhase.Sample)] = (window.WindowEnd - window.WindowStart) / 1e6;

        channel.Begin(LaunchPhase.Finish);
        OutputReport[] outputs = [.. bindings.All.Select(binding => OutputCheck.Describe(binding.Output, (int)binding.OutputShape[1]))];
        if (outputs.Any(output => !output.Finite)) throw new WorkerException(WorkerErrorCode.WrongOutput, "the output holds values that are not finite");
        string folder = request.WorkDir ?? Environment.CurrentDirectory;
        return
        [
            SampleDelivery.Of(window.Nanoseconds, window.CallsPerSample, folder) with { Streams = streams },
            LaunchResult.Of(request, isSingle, settings, _phasesMs, warmUp, window, floorNs, outputs[0]),
        ];
    }

    private void Note(LaunchPhase phase, long begin, TimeSpan before = default) =>
        _phasesMs[PhaseMessage.WordOf(phase)] = (before + Stopwatch.GetElapsedTime(begin)).TotalMilliseconds;
}
