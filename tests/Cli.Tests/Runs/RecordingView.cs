using Fleetmark.Cli.Runs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;

namespace Fleetmark.Cli.Tests.Runs;

/// <summary>Remembers what it was to show.</summary>
internal sealed class RecordingView : IRunView
{
    internal List<(RunStatus Status, TimeSpan? Left)> Shown { get; } = [];

    public Task ShowAsync(Func<Action<RunResults, RunStatus, TimeSpan?>, Task> follow) => follow((_, status, left) => Shown.Add((status, left)));
}
