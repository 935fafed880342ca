using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Conformance;

/// <summary>Starts the worker under check, as the agent would, for one request after the other, and keeps what it claimed to be able to do.</summary>
internal sealed class ConformanceTrial(ConformanceSubject subject, WorkerLauncher launcher, TimeProvider clock, CancellationToken cancel)
{
    private const int LongMs = 120_000;
    private const int ManyCalls = 1_000_000;
    private int _launches;

    /// <summary>What the worker said that it can do; null until it did.</summary>
    internal CapabilitiesMessage? Claims { get; set; }

    /// <summary>The program, as it is started.</summary>
    internal WorkerCommand Command { get; } = new(subject.Executable, subject.Arguments, subject.Environment);

    /// <summary>The provider launches are asked for: the first that works on the CPU.</summary>
    internal ProviderCapability? Provider => Claims?.Providers.FirstOrDefault(p => p.Devices.Any(d => d is { Uuid: null, State: DeviceCapability.Ok }));

    /// <summary>A short launch of what the worker claims.</summary>
    internal LaunchRequest Launch(string folder) => new()
    {
        Launch = "worker-check",
        Kind = LaunchKind.Latency,
        Model = subject.Model,
        Inputs = [new InputTensor { Name = "x", Type = "float32", Shape = subject.Shape }],
        Provider = Provider?.Name ?? "cpu",
        Precision = Enum.GetValues<Precision>().FirstOrDefault(Has),
        Scope = Provider is { Scopes: ["device"] } ? Scope.Device : Scope.EndToEnd,
        Batch = subject.Shape[0],
        Threads = 1,
        Seed = 1,
        Warmup = new WarmUpSettings { MinMs = 100, MinCalls = 5, CapMs = 1000, WindowMs = 25, WindowCalls = 5, Windows = 4, Ratio = 1.05, SlowCalls = 1 },
        Sample = new SamplingSettings { MinMs = 200, MinCount = 20, MaxMs = 2000, MaxCount = 5000, FloorCount = 3, HalfWidth = 0.02 },
        WorkDir = folder,
    };

    /// <summary>A launch that lasts until it is stopped, in the phase given.</summary>
    internal LaunchRequest LongLaunch(string folder, LaunchPhase longest)
    {
        LaunchRequest launch = Launch(folder);
        return longest == LaunchPhase.Warmup
            ? launch with { Warmup = launch.Warmup with { MinMs = LongMs, MinCalls = ManyCalls, CapMs = LongMs } }
            : launch with { Sample = launch.Sample with { MinMs = LongMs, MinCount = ManyCalls, MaxMs = LongMs, MaxCount = ManyCalls } };
    }

    /// <summary>True when the worker claims the precision.</summary>
    internal bool Has(Precision precision) => Provider?.Precisions.Contains(Word(precision), StringComparer.OrdinalIgnoreCase) ?? precision == Precision.Fp32;

    /// <summary>The word of a precision on the wire.</summary>
    internal static string Word(Precision precision) => precision.ToString().ToLowerInvariant();

    /// <summary>Starts the worker, sends it one request and waits for its end.</summary>
    /// <param name="request">The request; gets the work folder.</param>
    /// <param name="line">What is written in place of it; null for the request itself.</param>
    internal Task<TriedLaunch> AskAsync(Func<string, WorkerRequest> request, Func<WorkerRequest, byte[]>? line = null) => RunAsync(request, line, (_, _) => null);

    /// <summary>The same, and asks the worker to stop once it is in a phase.</summary>
    internal Task<TriedLaunch> StopAsync(LaunchPhase phase, Ladder ladder) =>
        RunAsync(folder => LongLaunch(folder, phase), line: null, (stop, time) => new StopAtPhase(phase, ladder, stop, time));

    private async Task<TriedLaunch> RunAsync(Func<string, WorkerRequest> request, Func<WorkerRequest, byte[]>? line, Func<StopSignal, TimeProvider, StopAtPhase?> stopping)
    {
        cancel.ThrowIfCancellationRequested();
        using var stop = new StopSignal();
        await using CancellationTokenRegistration interrupt = cancel.Register(() => stop.Raise(StopReason.Cancelled, Ladder.Hasty));
        using StopAtPhase? observer = stopping(stop, clock);
        long begin = clock.GetTimestamp();
        WorkerRun run = await launcher.RunAsync(Command, $"check-{++_launches}", request, observer, stop, line);
        long end = clock.GetTimestamp();
        cancel.ThrowIfCancellationRequested();
        return new TriedLaunch(run, begin, end, observer?.At is { } at ? clock.GetElapsedTime(at, end) : null);
    }
}
