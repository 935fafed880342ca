using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Fleetmark.Measurement.Bracketing;
using Fleetmark.Measurement.Sampling;
using Fleetmark.Worker.Latency;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Benchmarks.Harness;

/// <summary>
/// The worker's timing loop with the call that launches time, against the plainest loop in C: in one process, on one session, one binding, the same memory and one thread,
/// block by block in random order, each block between two of the C loop.
/// </summary>
internal static class HarnessBenchmark
{
    private const int Blocks = 150;
    private const int WarmUpBlocks = 20;
    private const int Seed = 20210614;

    internal static HarnessComparison Run()
    {
        using CLoop rival = CLoop.Compile();
        CoreAffinity.Pin([LastCore()]);
        Priming.Run(static model => new DeviceCall(model), CancellationToken.None);
        return new HarnessComparison("harness", $"burst.c, {rival.Compiler}", Machine(), [.. TimedModel.All().Select(model => Compare(model, rival))]);
    }

    private static ModelComparison Compare(TimedModel model, CLoop rival)
    {
        using SessionOptions options = new CpuSettings(threads: 1, new Dictionary<string, string>(StringComparer.Ordinal)).Create();
        using BoundModel bound = BoundModel.Bind(new InferenceSession(model.File, options), model.Shape);
        InputValues.Fill(bound.HostInput, Seed);
        bound.CopyInput();
        var call = new DeviceCall(bound);
        TimedBlock control = elapsed => rival.Burst(bound, elapsed);
        TimedBlock tested = elapsed => TimingLoop.Burst(ref call, elapsed, 1);
        BracketedRun.Run(control, tested, WarmUpBlocks, model.CallsPerBlock, Seed, CancellationToken.None);
        return ModelComparison.Of(model.Name, model.Limit, BracketedRun.Run(control, tested, Blocks, model.CallsPerBlock, Seed, CancellationToken.None));
    }

    private static int LastCore()
    {
        if (!OperatingSystem.IsLinux()) throw new PlatformNotSupportedException("workers run on Linux");
        using var self = Process.GetCurrentProcess();
        return BitOperations.Log2((ulong)self.ProcessorAffinity);
    }

    private static string Machine()
    {
        string cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ", 2)[1] ?? RuntimeInformation.ProcessArchitecture.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{cpu}, {Environment.ProcessorCount} cores; {RuntimeInformation.OSDescription}; .NET {Environment.Version}; ONNX Runtime {OrtNativeApi.Version}");
    }
}
