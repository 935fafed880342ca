using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Providers;
using Fleetmark.Measurement.Samples;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Latency;

/// <summary>What this worker refuses before it loads anything.</summary>
internal static class LaunchGate
{
    /// <summary>Lets a launch through or says why not.</summary>
    /// <returns>The provider it runs on.</returns>
    /// <exception cref="WorkerException">The launch asks for what this worker cannot do, or contradicts itself.</exception>
    internal static ExecutionProvider Check(LaunchRequest request)
    {
        if (ExecutionProvider.Find(request.Provider) is not { } provider)
            throw Unsupported($"there is no execution provider '{request.Provider}' here; known: {string.Join(", ", ExecutionProvider.All.Select(known => known.Name))}");
        CheckPrecision(provider, request);
        if (request.Scope is not (Scope.Device or Scope.EndToEnd)) throw Unsupported("a single kernel cannot be timed here; scopes are e2e and device");
        if (request.Inputs is not [{ Type: "float32", Shape.Count: 4 } input]) throw Bad("exactly one input of type float32 and rank 4 is bound here");
        if (input.Shape[0] != request.Batch) throw Bad($"batch is {request.Batch}, but the input has {input.Shape[0]} images");
        TensorSize.Of("input", input.Shape.Select(size => (long)size));
        CheckHostMemory(provider, request);
        CheckConcurrency(provider, request);
        CheckWarmUp(request.Warmup);
        CheckSampling(request.Sample);
        if (request.Energy is { MinMs: < 1 or > EnergySettings.LongestMs } energy) throw Bad($"'energy.minMs' is {energy.MinMs}, 1 to {EnergySettings.LongestMs} are possible");
        return provider;
    }

    /// <summary>Where the tensors of a launch that was let through are bound.</summary>
    internal static Placement PlacementOf(ExecutionProvider provider, LaunchRequest request) => (provider.Memory, request) switch
    {
        (null, _) => Placement.Host,
        (_, { Scope: Scope.Device }) => Placement.Device,
        (_, { HostMemory: LaunchRequest.PageableMemory }) => Placement.Pageable,
        _ => Placement.Pinned,
    };

    private static void CheckPrecision(ExecutionProvider provider, LaunchRequest request)
    {
        if (provider.PrecisionsOn(request.Device).Contains(request.Precision) || request is { Precision: Precision.Fp16, AllowEmulated: true }) return;
        throw Unsupported(request.Precision == Precision.Fp16
            ? "no FP16 kernels on this provider, would run in FP32"
            : "no INT8 kernels for this model on this provider");
    }

    private static void CheckHostMemory(ExecutionProvider provider, LaunchRequest request)
    {
        if (request.HostMemory is { } memory && memory is not (LaunchRequest.PinnedMemory or LaunchRequest.PageableMemory))
            throw Bad($"'hostMemory' is '{memory}', {LaunchRequest.PinnedMemory} and {LaunchRequest.PageableMemory} are possible");
        if (request.HostMemory is not null && provider.Memory is null) throw Bad("'hostMemory' is for devices; a CPU has one memory only");
        if (request.Scope == Scope.Device) return;
        foreach ((string key, string value) in request.Options)
            if (KnownProviders.Find(provider.Name, key)?.NeedsDeviceScope(value) == true)
                throw Unsupported($"option '{key}' replays fixed device buffers, which only the scope 'device' has");
    }

    private static void CheckConcurrency(ExecutionProvider provider, LaunchRequest request)
    {
        if (request.Kind != LaunchKind.Throughput)
        {
            if (request.Concurrency is not null) throw Bad("'concurrency' is for the kind 'throughput'");
            return;
        }

        if (request.Concurrency is not (>= 1 and <= LaunchRequest.LargestConcurrency)) throw Bad($"'concurrency' must be 1 to {LaunchRequest.LargestConcurrency}");
        if (request.Sample.MinMs < 1) throw Bad("'sample.minMs' is the length of the window, at least 1");
        foreach ((string key, string value) in request.Options)
            if (request.Concurrency > 1 && KnownProviders.Find(provider.Name, key)?.NeedsDeviceScope(value) == true)
                throw Unsupported($"option '{key}' replays fixed device buffers, which only one loop at a time can do");
    }

    private static void CheckWarmUp(WarmUpSettings warmUp)
    {
        if (warmUp.WindowMs < 1 || warmUp.WindowCalls < 1 || warmUp.CapMs < 0 || warmUp.SlowCalls < 0) throw Bad("'warmup' has a negative or empty window");
        if (warmUp.Windows is < 2 or > 64) throw Bad($"'warmup.windows' is {warmUp.Windows}, 2 to 64 are possible");
    }

    private static void CheckSampling(SamplingSettings sample)
    {
        if (sample.MaxCount is < 1 or > SampleCodec.MaximumCount) throw Bad($"'sample.maxCount' is {sample.MaxCount}, 1 to {SampleCodec.MaximumCount} are possible");
        if (sample.FloorCount < 1 || sample.FloorCount > sample.MaxCount) throw Bad("'sample.floorCount' must be 1 to maxCount");
        if (sample.MaxMs < 0) throw Bad("'sample.maxMs' is negative");
    }

    private static WorkerException Unsupported(string what) => new(WorkerErrorCode.Unsupported, what);

    private static WorkerException Bad(string what) => new(WorkerErrorCode.BadRequest, what);
}
