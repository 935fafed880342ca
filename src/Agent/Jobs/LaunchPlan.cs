using System.Text.RegularExpressions;
using Fleetmark.Agent.Fleet;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Jobs;

/// <summary>An assignment, checked: the wire's numbers as words of ours, and the request a worker gets.</summary>
internal sealed partial record LaunchPlan
{
    private const int LargestBatch = 65_536;
    private const int LargestCrop = 16_384;
    private const int Channels = 3;
    private const int FreshEngines = 3;

    /// <summary>Whose launch it is.</summary>
    internal required AttemptKey Attempt { get; init; }

    /// <summary>What to measure.</summary>
    internal required LaunchSpecification Wire { get; init; }

    /// <summary>How long and how good.</summary>
    internal required EffortSettings Effort { get; init; }

    /// <summary>Clock the device sustained when it was calibrated, in MHz; null for a CPU and for a card without calibration.</summary>
    internal double? CalibratedClockMhz { get; init; }

    /// <summary>Clock policy of the cell.</summary>
    internal required ClockPolicy Clocks { get; init; }

    /// <summary>The clock that policy came to on the device, in MHz; null when the card chooses.</summary>
    internal int? LockedClockMhz { get; init; }

    /// <summary>True when energy was asked for, whether or not the device can tell it.</summary>
    internal bool IsEnergyAsked => Wire.Energy;

    /// <summary>The loop that the worker makes for it; null where there is nothing to measure it with.</summary>
    internal EnergySettings? EnergyLoop { get; init; }

    /// <summary>Whether its number is a rate of concurrent loops.</summary>
    internal bool IsThroughput => (CellKind)Wire.Kind == CellKind.Throughput;

    /// <summary>Reads an assignment; null when it asks for something no launch can be, with the reason.</summary>
    internal static (LaunchPlan? Plan, string Problem) Read(Assign assign, Device device)
    {
        LaunchSpecification? launch = assign.Launch;
        string problem = launch is null ? "there is no launch"
            : !Digest().IsMatch(launch.ModelSha256) ? "model_sha256 is no SHA-256"
            : launch.Batch is < 1 or > LargestBatch ? $"batch {launch.Batch}"
            : launch.Crop is < 1 or > LargestCrop ? $"crop {launch.Crop}"
            : !Enum.IsDefined((Precision)launch.Precision) ? $"precision {launch.Precision}"
            : !Enum.IsDefined((Scope)launch.Scope) ? $"scope {launch.Scope}"
            : !Enum.IsDefined((Effort)launch.Effort) ? $"effort {launch.Effort}"
            : ClocksOf(launch) is null ? $"clocks {launch.Clocks}"
            : (CellKind)launch.Kind is not (CellKind.Latency or CellKind.Throughput) ? $"kind {launch.Kind}"
            : (CellKind)launch.Kind == CellKind.Throughput && launch.Concurrency is < 1 or > LaunchRequest.LargestConcurrency ? $"concurrency {launch.Concurrency}"
            : launch.Provider.Length == 0 ? "there is no provider"
            : "";
        return problem.Length > 0 ? (null, $"the assignment cannot be run: {problem}") : (new LaunchPlan
        {
            Attempt = AttemptKey.From(assign.Attempt),
            Wire = launch!,
            Clocks = ClocksOf(launch!)!.Value,
            Effort = (CellKind)launch!.Kind == CellKind.Throughput
                ? ThroughputEffort.For((Effort)launch.Effort, device.IsCpu)
                : EffortSettings.For((Effort)launch.Effort, device.IsCpu),
        }, "");
    }

    private static ClockPolicy? ClocksOf(LaunchSpecification launch) => launch.Clocks.Length == 0 ? ClockPolicy.Free : ClockPolicy.Parse(launch.Clocks);

    /// <summary>What the worker is asked.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="model">The verified model file.</param>
    /// <param name="workFolder">The worker's current directory.</param>
    internal LaunchRequest Request(Device device, ModelFile model, string workFolder) => new()
    {
        Launch = $"j{Attempt.JobId}-a{Attempt.Attempt}-r{Wire.Repetition}",
        Kind = IsThroughput ? LaunchKind.Throughput : LaunchKind.Latency,
        Model = model,
        Inputs = [new InputTensor { Name = "image", Type = "float32", Shape = [Wire.Batch, Channels, Wire.Crop, Wire.Crop] }],
        Provider = Wire.Provider,
        Device = device.ForWorkers(),
        Precision = (Precision)Wire.Precision,
        AllowEmulated = Wire.AllowEmulated,
        Scope = (Scope)Wire.Scope,
        HostMemory = !device.IsCpu && (Scope)Wire.Scope == Scope.EndToEnd ? LaunchRequest.PinnedMemory : null,
        Batch = Wire.Batch,
        Concurrency = IsThroughput ? Wire.Concurrency : null,
        Threads = device.Cpus.Count,
        Cpus = device.Cpus,
        Seed = Wire.Seed,
        Options = new Dictionary<string, string>(Wire.Options, StringComparer.Ordinal),
        Warmup = Effort.WarmUp,
        Sample = Effort.Sampling,
        Energy = EnergyLoop,
        CacheDir = EngineFolder(model.Path),
        WorkDir = workFolder,
    };

    /// <summary>
    /// Engines that TensorRT built lie beside the models they were built from. Which kernels it chooses is partly chance, so the first launches that are to be published
    /// build their own; so does everything that has no cache.
    /// </summary>
    private string? EngineFolder(string modelPath) =>
        Wire.Provider == ExecutionProviders.TensorRt && !((Effort)Wire.Effort == Measurement.Efforts.Effort.Publish && Wire.Repetition < FreshEngines)
            ? Path.Combine(Path.GetDirectoryName(modelPath)!, "engines")
            : null;

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digest();
}
