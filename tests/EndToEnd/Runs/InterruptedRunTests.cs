using Fleetmark.Fixtures;

namespace Fleetmark.EndToEnd.Runs;

public sealed class InterruptedRunTests
{
    private static readonly string Quickstart = Path.Combine(Home.Repository, "plans", "quickstart.yaml");

    [Fact]
    public async Task A_killed_run_is_listed_and_resumed_without_measuring_its_finished_cells_again()
    {
        await using var home = new Home();
        using (Command run = home.Start("run", Quickstart))
        {
            await run.SaysAsync(line => line.StartsWith('['));
            run.Kill();
            await run.FinishAsync();
        }

        await Eventually.Async("workers of the killed command end", () => Task.FromResult(home.Processes().Count(IsWorker)), count => count == 0, TimeSpan.FromSeconds(15));
        string before = home.Beside("before"), after = home.Beside("after");
        Assert.Equal(0, (await home.RunAsync("table", "1", "--out", before)).ExitCode);
        Dictionary<long, string> kept = Bundle.Read(Path.Combine(before, "results.jsonl")).Accepted;
        Assert.InRange(kept.Count, 1, 17);

        Finished resumed = await home.RunAsync("resume", "1", "--out", after);

        Assert.True(resumed.ExitCode == 0, string.Join('\n', resumed.Errors));
        Dictionary<long, string> all = Bundle.Read(Path.Combine(after, "results.jsonl")).Accepted;
        Assert.Equal(18, all.Count);
        Assert.All(kept, launch => Assert.Equal(launch.Value, all[launch.Key]));
        Finished listed = await home.RunAsync("runs");
        Assert.Contains("done", listed.Output, StringComparison.Ordinal);
        Assert.Empty(home.Processes());
    }

    [Fact]
    public async Task Control_C_ends_everything_and_the_run_can_be_resumed()
    {
        await using var home = new Home();
        Finished interrupted;
        using (Command run = home.Start("run", Quickstart))
        {
            await run.SaysAsync(line => line.StartsWith('['));
            run.PressControlC();
            interrupted = await run.FinishAsync();
        }

        Assert.Equal(130, interrupted.ExitCode);
        Assert.Empty(home.Processes());
        Assert.Contains(interrupted.Errors, l => l.Contains("fleetmark resume 1", StringComparison.Ordinal));
        Finished listed = await home.RunAsync("runs");
        Assert.Contains("interrupted", listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await home.RunAsync("resume", "1")).ExitCode);
    }

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
