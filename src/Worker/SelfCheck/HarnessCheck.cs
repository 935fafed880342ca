using Fleetmark.Measurement.Bracketing;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Latency;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.SelfCheck;

/// <summary>
/// Lets the call that launches time and the bare function pointer take turns in the timing loop of launches, on one session and the same memory: what differs is what
/// the managed path adds.
/// </summary>
internal static class HarnessCheck
{
    private const int LongestChain = 100;
    private const int LongestBlock = 100_000;
    private const int WarmUpBlocks = 20;

    /// <summary>Answers the request.</summary>
    /// <exception cref="WorkerException">It asks for a model or a number of blocks that is not possible.</exception>
    internal static SelfCheckMessage Run(SelfCheckRequest request, CancellationToken cancel)
    {
        Check(request);
        CoreAffinity.Pin(request.Cpus);
        Priming.Run(static model => new DeviceCall(model), cancel);
        Priming.Run(static model => new PointerCall(model), cancel);
        return new SelfCheckMessage
        {
            TimerFloorNs = new SampleBuffer(1).TimerFloorNanoseconds(),
            Series = [.. request.Models.Select(model => Measure(model, request, cancel))],
        };
    }

    private static void Check(SelfCheckRequest request)
    {
        if (!BracketedRun.IsPossible(request.Blocks)) throw Bad($"'blocks' is {request.Blocks}");
        foreach (SelfCheckModel model in request.Models)
        {
            if (model.Nodes is < 0 or > LongestChain) throw Bad($"'nodes' of {model.Name} is {model.Nodes}, 0 to {LongestChain} are possible");
            if (model.CallsPerBlock is < 1 or > LongestBlock) throw Bad($"'callsPerBlock' of {model.Name} is {model.CallsPerBlock}, 1 to {LongestBlock} are possible");
        }
    }

    private static BlockSeries Measure(SelfCheckModel model, SelfCheckRequest request, CancellationToken cancel)
    {
        using SessionOptions options = new CpuSettings(threads: 1, new Dictionary<string, string>(StringComparer.Ordinal)).Create();
        using BoundModel bound = BoundModel.Bind(new InferenceSession(Chain(model.Nodes), options), TinyModel.InputShape);
        InputValues.Fill(bound.HostInput, request.Seed);
        bound.CopyInput();
        var timed = new DeviceCall(bound);
        var pointer = new PointerCall(bound);
        TimedBlock control = elapsed => TimingLoop.Burst(ref pointer, elapsed, 1);
        TimedBlock tested = elapsed => TimingLoop.Burst(ref timed, elapsed, 1);
        BracketedRun.Run(control, tested, WarmUpBlocks, model.CallsPerBlock, request.Seed, cancel);
        return BracketedRun.Run(control, tested, request.Blocks, model.CallsPerBlock, request.Seed, cancel);
    }

    /// <summary>A model of so many operators and a <c>Flatten</c>. Two operators in turns: the runtime would make one of several that are alike.</summary>
    internal static byte[] Chain(int nodes) => TinyModel.Bytes([.. Enumerable.Range(0, nodes).Select(i => i % 2 == 0 ? "Neg" : "Sigmoid")]);

    private static WorkerException Bad(string what) => new(WorkerErrorCode.BadRequest, what);
}
