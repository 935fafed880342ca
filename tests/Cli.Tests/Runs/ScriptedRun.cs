using Fleetmark.Cli.Databases;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;

namespace Fleetmark.Cli.Tests.Runs;

/// <summary>A run whose rows change as written down, and that counts how often they are read.</summary>
internal sealed class ScriptedRun(params RunStatus[] script) : IRunReads
{
    internal int StatusReads { get; private set; }

    internal int ResultReads { get; private set; }

    /// <summary>Happens at each look at the status, with its number from 1.</summary>
    internal Action<int> OnLook { get; init; } = _ => { };

    public Task<RunStatus> StatusAsync(RunId run, CancellationToken cancel)
    {
        OnLook(++StatusReads);
        return Task.FromResult(script[Math.Min(StatusReads, script.Length) - 1]);
    }

    public Task<RunResults> RequireResultsAsync(RunId run, CancellationToken cancel)
    {
        ResultReads++;
        return Task.FromResult(SampleRun.Of());
    }
}
