namespace Fleetmark.Agent.Workers;

/// <summary>A program that speaks the worker protocol, and how to start it.</summary>
/// <param name="Executable">Absolute path.</param>
/// <param name="Arguments">Arguments; no shell sees them.</param>
/// <param name="Environment">Variables besides those every worker gets.</param>
internal sealed record WorkerCommand(string Executable, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Cores it is kept off from its first moment, as long as there are others. Default none: a worker that is timed chooses its cores itself.</summary>
    internal IReadOnlyList<int> KeptOff { get; init; } = [];
}
