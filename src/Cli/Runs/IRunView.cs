using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;

namespace Fleetmark.Cli.Runs;

/// <summary>Shows an open run to a person, or to a log.</summary>
internal interface IRunView
{
    /// <summary>Draws until <paramref name="follow"/> ends; it calls its argument with every new picture.</summary>
    Task ShowAsync(Func<Action<RunResults, RunStatus, TimeSpan?>, Task> follow);
}
