using Fleetmark.Cli.Runs;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Runs;
using Fleetmark.Contracts.Tables;
using Spectre.Console;

namespace Fleetmark.Cli.Tests.Runs;

public sealed class RunViewTests
{
    private static readonly CellResult Waiting = SampleRun.Cell("A", 1, CellState.Queued);
    private static readonly CellResult Running = Waiting with { State = CellState.Running, Launches = 1, LaunchP50Us = [1500] };
    private static readonly CellResult Over = Waiting with { State = CellState.Valid, Launches = 2, LaunchesStarted = 2, LaunchP50Us = [1500, 1700], P50Us = 1600 };

    [Fact]
    public async Task The_plain_view_says_each_launch_and_each_end_once()
    {
        Assert.Equal(
            ["[1/4] A cpu-x fp32 batch 1: launch 1: 1.500 ms", "[2/4] A cpu-x fp32 batch 1: 1.600 ms, valid, 2 of 2 launches"],
            await PlainAsync((Waiting, 4), (Running, 3), (Running, 3), (Over, 2), (Over, 2)));
    }

    [Fact]
    public async Task The_plain_view_says_why_a_cell_failed() => Assert.Equal(
        [$"[1/4] A cpu-x fp32 batch 1: failed ({FailureCode.Sentence(FailureCode.WorkerCrash)})"],
        await PlainAsync((Waiting with { State = CellState.Failed, Code = FailureCode.WorkerCrash }, 3)));

    [Fact]
    public async Task The_plain_view_leaves_cells_no_device_could_measure_to_the_warning_at_the_end() =>
        Assert.Empty(await PlainAsync((Waiting with { State = CellState.Missing, Code = FailureCode.NoDeviceClass }, 3)));

    [Fact]
    public async Task The_live_view_shows_matrix_progress_and_what_is_measured_now()
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 120;

        await new LiveRunView(console).ShowAsync(show =>
        {
            show(SampleRun.Of(Running), SampleRun.Status(RunState.Running, ready: 2, leased: 1), TimeSpan.FromSeconds(200));
            return Task.CompletedTask;
        });

        string shown = text.ToString();
        Assert.Contains("cpu-x fp32 b1", shown, StringComparison.Ordinal);
        Assert.Contains("▶ running", shown, StringComparison.Ordinal);
        Assert.Contains("run 7: 1 of 4 launches, about 3 min left; measuring A cpu-x fp32 batch 1", shown, StringComparison.Ordinal);
    }

    private static async Task<string[]> PlainAsync(params (CellResult Cell, int Ready)[] pictures)
    {
        using var error = new StringWriter();
        await new PlainRunView(new Terminal(TextWriter.Null, error, isInteractive: false)).ShowAsync(show =>
        {
            foreach ((CellResult cell, int ready) in pictures) show(SampleRun.Of(cell), SampleRun.Status(RunState.Running, ready, leased: 0), null);
            return Task.CompletedTask;
        });
        return error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
