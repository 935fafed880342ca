using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Workers;

/// <summary>One worker process from start to exit.</summary>
internal sealed record WorkerRun
{
    /// <summary>What came of the request.</summary>
    internal required LaunchOutcome Outcome { get; init; }

    /// <summary>How the process ended.</summary>
    internal required WorkerExit Exit { get; init; }

    /// <summary>Start by the agent's clock.</summary>
    internal required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long the worker was in each phase it entered, by the agent's clock.</summary>
    internal required IReadOnlyDictionary<LaunchPhase, TimeSpan> Phases { get; init; }

    /// <summary>What it wrote besides messages: log lines of stdout, then stderr, together the last 64 Ki characters; empty when it was silent.</summary>
    internal required string LogTail { get; init; }

    /// <summary>Completes when process and folder are gone: at once, except for a process that survives SIGKILL.</summary>
    internal Task Gone { get; init; } = Task.CompletedTask;
}
