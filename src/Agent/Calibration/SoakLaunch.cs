using System.ComponentModel;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Plans;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Agent.Calibration;

/// <summary>One long load on one card: VGG16, batch 8, FP32, a minute of call after call, as a launch of its own kind.</summary>
internal sealed class SoakLaunch(RuntimeCatalog catalog, WorkerLauncher launcher, NvmlLibrary gpus, HostFiles files, TimedCores timed, TimeProvider clock)
{
    private const int Batch = 8;
    private const int Milliseconds = 60_000;
    private const int MostSamples = 1_000_000;
    private const long Seed = 1;
    private const int Channels = 3;
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>What counts as sustained: the end of it.</summary>
    private const long Sustained = 30_000 * NanosecondsPerMillisecond;

    private static readonly WarmUpSettings WarmUp =
        new() { MinMs = 0, MinCalls = 1, CapMs = 2000, WindowMs = 250, WindowCalls = 1, Windows = 4, Ratio = 1.05, SlowCalls = 1 };

    private static readonly SamplingSettings Sampling =
        new() { MinMs = Milliseconds, MinCount = 1, MaxMs = Milliseconds, MaxCount = MostSamples, FloorCount = 1, HalfWidth = 0 };

    /// <summary>Runs it; the device is the caller's alone meanwhile.</summary>
    /// <param name="device">The card, with what its runtimes can do.</param>
    /// <param name="model">The file.</param>
    /// <param name="stop">Ends it early.</param>
    internal async Task<SoakOutcome> RunAsync(Device device, ModelFile model, StopSignal stop)
    {
        if (RuntimeFor(device) is not { } runtime) return SoakOutcome.Failed("no runtime here computes on it");
        if (catalog.Refusal(runtime) is { } refusal) return SoakOutcome.Failed(refusal);
        using var own = new StopSignal();
        await using CancellationTokenRegistration onStop = stop.Token.Register(() => own.Raise(StopReason.Drain, Ladder.Hasty));
        await using var telemetry = new LaunchTelemetry(files, gpus, device.Uuid, new LaunchCores(device.Cpus, timed.All), clock);
        await telemetry.BeginAsync();
        _ = telemetry.Lost?.ContinueWith(
            _ => own.Raise(StopReason.DeviceLost, Ladder.Patient), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            WorkerRun run = await launcher.RunAsync(runtime.CommandFor(device), "soak-" + device.Uuid, folder => Request(device, model, folder), new Watch(telemetry), own);
            LaunchTrace trace = await telemetry.EndAsync();
            await run.Gone;
            return trace.Gpu!.Loss is { } code ? SoakOutcome.Lost(gpus.Describe(code))
                : run.Outcome.Failure is { } failure ? SoakOutcome.Failed($"{failure.Code}: {failure.Text}")
                : Judge(run, trace.Gpu);
        }
        catch (Win32Exception e)
        {
            return SoakOutcome.Failed($"the operating system does not start a worker: {e.Message}");
        }
    }

    private SoakOutcome Judge(WorkerRun run, GpuLaunchTrace trace)
    {
        ResultMessage result = run.Outcome.Result!;
        ResultMessage end = result with { WindowStart = Math.Max(result.WindowStart, result.WindowEnd - Sustained) };
        DeviceTelemetry device = GpuTrace.Over(trace, end, WarmUp, calibratedClockMhz: null);
        if (device.HasForeignProcess == true) return SoakOutcome.Failed("another process computed on it meanwhile");
        SampleSet samples = run.Outcome.Samples!;
        long[] second = [.. samples.Nanoseconds.Skip(samples.Nanoseconds.Count / 2)];
        return SoakOutcome.Measured(new DeviceCalibration
        {
            MeasuredAt = clock.GetUtcNow(),
            SmClockMhz = device.SmClockP50Mhz,
            P50Us = LaunchSummary.From(new SampleSet(second, samples.CallsPerSample)).P50Us,
            PowerW = device.PowerMeanW,
            TempC = device.TempMaxC,
        });
    }

    /// <summary>One of ours before a foreign one: all cards shall be loaded alike.</summary>
    private Runtime? RuntimeFor(Device device) => catalog.All
        .Where(runtime => runtime.Devices.Contains(device.Vendor, StringComparer.Ordinal) && device.Capabilities.Contains("runtime:" + runtime.Name, StringComparer.Ordinal))
        .OrderByDescending(runtime => runtime.BuildsModels)
        .FirstOrDefault();

    /// <summary>What the worker is asked.</summary>
    internal static LaunchRequest Request(Device device, ModelFile model, string workFolder) => new()
    {
        Launch = "soak",
        Kind = LaunchKind.Soak,
        Model = model,
        Inputs = [new InputTensor { Name = "image", Type = "float32", Shape = [Batch, Channels, SoakModel.Crop, SoakModel.Crop] }],
        Provider = ExecutionProviders.Cuda,
        Device = device.ForWorkers(),
        Precision = Precision.Fp32,
        Scope = Scope.Device,
        Batch = Batch,
        Threads = device.Cpus.Count,
        Cpus = device.Cpus,
        Seed = Seed,
        Warmup = WarmUp,
        Sample = Sampling,
        WorkDir = workFolder,
    };

    /// <summary>Passes the phases of the worker on.</summary>
    private sealed class Watch(LaunchTelemetry telemetry) : IWorkerObserver
    {
        public void Started(int processId) => telemetry.Started(processId);

        public void Heard(WorkerConversation conversation) => telemetry.Entered(conversation.Phase);
    }
}
