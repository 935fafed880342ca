using Fleetmark.Measurement.Sampling;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// Runs the timing loop on a model of one node until the managed path is compiled for good, so that even a cell with two seconds per call is timed by the final code.
/// </summary>
internal static class Priming
{
    private const int Calls = 200;

    /// <summary>The runtime compiles hot methods again after 100 ms without new ones; wait a little longer.</summary>
    private static readonly TimeSpan CompilerPause = TimeSpan.FromMilliseconds(150);

    /// <summary>Primes the loop for one kind of call.</summary>
    internal static void Run<TCall>(Func<BoundModel, TCall> callOf, CancellationToken cancel)
        where TCall : struct, ITimedCall
    {
        using SessionOptions options = new CpuSettings(threads: 1, new Dictionary<string, string>(StringComparer.Ordinal)).Create();
        using BoundModel model = BoundModel.Bind(new InferenceSession(TinyModel.Bytes(), options), TinyModel.InputShape);
        TCall call = callOf(model);
        long[] elapsed = new long[Calls];
        TimingLoop.Burst(ref call, elapsed, 1);
        cancel.WaitHandle.WaitOne(CompilerPause);
        cancel.ThrowIfCancellationRequested();
        TimingLoop.Burst(ref call, elapsed, 1);
    }
}
