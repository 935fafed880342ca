using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Providers;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Sessions;

/// <summary>A session on the CPU. It has no options beyond those of every session.</summary>
internal sealed class CpuSettings : SessionSettings
{
    /// <summary>The provider: it computes FP16 graphs in FP32, so FP32 is all it offers.</summary>
    internal static readonly ExecutionProvider Provider = new()
    {
        Name = KnownProviders.Cpu,
        Settings = launch => new CpuSettings(launch.Threads, launch.Options),
        PrecisionsOn = _ => [Precision.Fp32],
    };

    /// <summary>Settings for a launch.</summary>
    /// <param name="threads">Threads inside an operator, at least 1.</param>
    /// <param name="options">What the plan sets.</param>
    /// <exception cref="WorkerException">An option is not known, or has a value it cannot have.</exception>
    internal CpuSettings(int threads, IReadOnlyDictionary<string, string> options) : base(KnownProviders.Cpu, threads, options)
    {
    }
}
