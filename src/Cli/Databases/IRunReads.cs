using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Documents;

namespace Fleetmark.Cli.Databases;

/// <summary>What whoever follows a run reads of it.</summary>
internal interface IRunReads
{
    /// <summary>How far the run is: one row, cheap.</summary>
    Task<RunStatus> StatusAsync(RunId run, CancellationToken cancel);

    /// <summary>The run for its tables: its plan and all its cells.</summary>
    /// <exception cref="ProblemException">There is no such run.</exception>
    Task<RunResults> RequireResultsAsync(RunId run, CancellationToken cancel);
}
