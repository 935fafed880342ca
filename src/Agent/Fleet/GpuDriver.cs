using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Nvml.Replay;
using Fleetmark.Documents;

namespace Fleetmark.Agent.Fleet;

/// <summary>The library GPUs are found with, as the options name it.</summary>
internal static class GpuDriver
{
    /// <summary>Opens it; without a library, or without its driver, it has no devices.</summary>
    /// <exception cref="ProblemException">The replay file is none.</exception>
    internal static NvmlLibrary Open(NvmlOptions options, TimeProvider clock) =>
        options.Replay is { } replay ? NvmlReplay.Open(replay, clock) : NvmlLibrary.Open(NvmlSymbols.Of(options.Library));
}
