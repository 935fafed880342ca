using Fleetmark.Fixtures;
using Fleetmark.Storage.Clusters;
using Npgsql;

namespace Fleetmark.EndToEnd.Runs;

public sealed class InterruptedRunTests
{
    private static readonly string Quickstart = Path.Combine(Home.Repository, "plans", "quickstart.yaml");

    /// <summary>As many launches as the gate of the fake worker lets through.</summary>
    private const int Passed = 5;

    private const int All = 18;

    [Fact]
    public async Task A_killed_run_is_listed_and_resumed_without_measuring_its_finished_cells_again()
    {
        await using var home = new Home();
        string gate = Gate(home);
        using (Command run = home.Start("run", Quickstart))
        {
            await run.RunsUntilAsync("a launch stands at the gate", () => Signed(gate) > Passed);
            run.Kill();
            await run.FinishAsync();
        }

        await Eventually.Async("workers of the killed command end", () => Task.FromResult(home.Processes().Count(IsWorker)), count => count == 0, TimeSpan.FromSeconds(15));
        string before = home.Beside("before"), after = home.Beside("after");
        Assert.Equal(0, (await home.RunAsync("table", "1", "--out", before)).ExitCode);
        Dictionary<long, string> kept = Bundle.Read(Path.Combine(before, "results.jsonl")).Accepted;
        Assert.Equal(Passed, kept.Count);
        Open(gate);

        Finished resumed = await home.RunAsync("resume", "1", "--out", after);

        Assert.True(resumed.ExitCode == 0, string.Join('\n', resumed.Errors));
        Dictionary<long, string> all = Bundle.Read(Path.Combine(after, "results.jsonl")).Accepted;
        Assert.Equal(All, all.Count);
        Assert.All(kept, launch => Assert.Equal(launch.Value, all[launch.Key]));
        Finished listed = await home.RunAsync("runs");
        Assert.Contains("done", listed.Output, StringComparison.Ordinal);
        await home.NothingRunsAsync();
    }

    [Fact]
    public async Task A_result_whose_command_was_killed_before_its_cell_was_computed_shows_after_the_next_command()
    {
        await using var home = new Home();
        string gate = Gate(home);
        using (Command run = home.Start("run", Quickstart))
        {
            await run.RunsUntilAsync("a launch stands at the gate", () => Signed(gate) > Passed);
            run.Kill();
            await run.FinishAsync();
        }

        await using (DatabaseSession database = await home.DatabaseAsync())
        {
            // As a kill between two launches leaves it: nothing leased that comes back and reminds the run, results stored, no cell computed from them.
            await using NpgsqlBatch between = database.Source.CreateBatch();
            between.BatchCommands.Add(new NpgsqlBatchCommand("update fleetmark.attempt set outcome = 5, ended_at = now() where outcome is null"));
            between.BatchCommands.Add(new NpgsqlBatchCommand("update fleetmark.job set state = 0, lease_until = null where state = 1"));
            between.BatchCommands.Add(new NpgsqlBatchCommand("delete from fleetmark.run_cell"));
            await between.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Open(gate);
        Assert.Equal(0, (await home.RunAsync("run", home.Write("one.yaml", "name: one\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu] }\neffort: quick\n"))).ExitCode);

        string output = home.Beside("out");
        Assert.Equal(0, (await home.RunAsync("table", "1", "--out", output)).ExitCode);
        Assert.Equal(Passed, Bundle.Read(Path.Combine(output, "results.jsonl")).Cells.Sum(c => c.GetProperty("launches").GetInt32()));
    }

    [Fact]
    public async Task Control_C_ends_everything_and_the_run_can_be_resumed()
    {
        await using var home = new Home();
        string gate = Gate(home);
        Finished interrupted;
        using (Command run = home.Start("run", Quickstart))
        {
            await run.RunsUntilAsync("a launch stands at the gate", () => Signed(gate) > Passed);
            run.PressControlC();
            interrupted = await run.FinishAsync();
        }

        Assert.Equal(130, interrupted.ExitCode);
        await home.NothingRunsAsync();
        Assert.Contains(interrupted.Errors, l => l.Contains("fleetmark resume 1", StringComparison.Ordinal));
        Finished listed = await home.RunAsync("runs");
        Assert.Contains("interrupted", listed.Output, StringComparison.Ordinal);
        Open(gate);
        Assert.Equal(0, (await home.RunAsync("resume", "1")).ExitCode);
    }

    private static string Gate(Home home)
    {
        string folder = Directory.CreateDirectory(home.Beside("gate")).FullName;
        home.Script($"gate:{folder}");
        return folder;
    }

    private static int Signed(string gate) => Directory.GetFiles(gate, "launch-*").Length;

    private static void Open(string gate) => File.WriteAllText(Path.Combine(gate, "open"), "");

    private static bool IsWorker(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains("FakeWorker", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
