using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Workers;

namespace Fleetmark.Agent.Tests;

/// <summary>The fake worker beside these tests.</summary>
internal static class FakeWorkerProgram
{
    internal static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "fake-worker", "Fleetmark.FakeWorker");

    /// <summary>Started with a script for all its requests.</summary>
    internal static WorkerCommand Command(string script = "measure") => new(Path, [], Environment(script));

    internal static Dictionary<string, string> Environment(string script) => new(StringComparer.Ordinal)
    {
        ["FLEETMARK_FAKE"] = script,
        ["DOTNET_ROOT"] = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        ["DOTNET_EnableDiagnostics"] = "0",
    };

    /// <summary>True while that process is there and not only waits to be forgotten.</summary>
    internal static bool Lives(int processId) => ProcessStatus.Of(processId) is { IsGone: false };
}
