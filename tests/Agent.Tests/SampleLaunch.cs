using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Tests;

/// <summary>A launch of the quick effort whose model no fake worker opens.</summary>
internal static class SampleLaunch
{
    /// <summary>The request of a worker in a folder.</summary>
    internal static LaunchRequest In(string folder)
    {
        EffortSettings effort = EffortSettings.For(Effort.Quick, isCpu: true);
        return new LaunchRequest
        {
            Launch = "test",
            Model = new ModelFile { Path = "/nowhere.onnx", Format = "onnx" },
            Inputs = [new InputTensor { Name = "image", Type = "float32", Shape = [2, 3, 8, 8] }],
            Provider = "cpu",
            Precision = Precision.Fp32,
            Scope = Scope.EndToEnd,
            Batch = 2,
            Threads = 1,
            Seed = 1,
            Warmup = effort.WarmUp,
            Sample = effort.Sampling,
            WorkDir = folder,
        };
    }

    /// <summary>The same with words for the fake worker.</summary>
    internal static LaunchRequest In(string folder, string script) =>
        In(folder) with { Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["fake"] = script } };
}
