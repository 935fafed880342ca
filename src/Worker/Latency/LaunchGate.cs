using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Latency;

/// <summary>What this worker refuses before it loads anything.</summary>
internal static class LaunchGate
{
    /// <summary>Name of the CPU provider.</summary>
    internal const string Cpu = "cpu";

    /// <summary>Lets a launch through or says why not.</summary>
    /// <exception cref="WorkerException">The launch asks for what this worker cannot do, or contradicts itself.</exception>
    internal static void Check(LaunchRequest request)
    {
        if (request.Provider != Cpu) throw Unsupported($"flavour {WorkerIdentity.Flavour} has no execution provider '{request.Provider}', only cpu");
        if (request.Precision == Precision.Fp16) throw Unsupported("no FP16 kernels on this provider, would run in FP32");
        if (request.Precision != Precision.Fp32) throw Unsupported("no INT8 kernels for this model on this provider");
        if (request.Scope is not (Scope.Device or Scope.EndToEnd)) throw Unsupported("a single kernel cannot be timed here; scopes are e2e and device");
        if (request.Inputs is not [{ Type: "float32", Shape.Count: 4 } input]) throw Bad("exactly one input of type float32 and rank 4 is bound here");
        if (input.Shape[0] != request.Batch) throw Bad($"batch is {request.Batch}, but the input has {input.Shape[0]} images");
        TensorSize.Of("input", input.Shape.Select(size => (long)size));
        CheckWarmUp(request.Warmup);
        CheckSampling(request.Sample);
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
