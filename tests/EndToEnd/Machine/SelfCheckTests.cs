using System.Text.Json;

namespace Fleetmark.EndToEnd.Machine;

public sealed class SelfCheckTests
{
    [Fact]
    public async Task The_installed_worker_measures_itself_without_database_and_home()
    {
        await using var home = new Home(fakeWorker: false);

        Finished selfCheck = await home.RunAsync("selfcheck", "--json");

        // How fast a shared machine is while tests run is nobody's business here; what the counters say is.
        Assert.Contains(selfCheck.ExitCode, new[] { 0, 3, 4 });
        JsonElement report = JsonDocument.Parse(selfCheck.Output).RootElement;
        Assert.InRange(report.GetProperty("timerFloorNs").GetInt64(), 1, 100_000);
        JsonElement[] checks = [.. report.GetProperty("checks").EnumerateArray()];
        Assert.Equal(2, checks.Length);
        Assert.All(checks, check =>
        {
            Assert.Equal(["model", "p50Ns", "ratio", "low", "high", "bytesPerCall", "collections"], check.EnumerateObject().Take(7).Select(member => member.Name));
            Assert.Equal(0, check.GetProperty("bytesPerCall").GetDouble());
            Assert.Equal(0, check.GetProperty("collections").GetInt32());
        });
        Assert.Equal("ort131-cpu", report.GetProperty("runtime").GetString());
        Assert.False(Directory.Exists(home.Folder), "checking made the home");
    }

    [Theory]
    [InlineData("selfcheck:1.005,1", 0, 0, "")]
    [InlineData("selfcheck:1.02,1", 3, 1, "fleetmark: chain-64: the ratio is 1.0200 to 1.0200, at most 1.01 is allowed")]
    [InlineData("selfcheck:1.005,1.2", 4, 2, "fleetmark: chain-4: the same call against itself gives 1.2000 to 1.2000, which does not touch 0.99 to 1.01")]
    public async Task The_exit_code_is_the_verdict_and_a_line_says_why(string script, int exitCode, int lines, string first)
    {
        await using var home = new Home();
        home.Script(script);

        Finished selfCheck = await home.RunAsync("selfcheck");

        Assert.Equal(exitCode, selfCheck.ExitCode);
        Assert.Equal(lines, selfCheck.Errors.Count);
        Assert.StartsWith(first, string.Join('\n', selfCheck.Errors), StringComparison.Ordinal);
        Assert.Contains("timer floor 25 ns", selfCheck.Output, StringComparison.Ordinal);
        Assert.Contains("chain-64 ", selfCheck.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_does_not_understand_is_named()
    {
        await using var home = new Home();

        Finished selfCheck = await home.RunAsync("selfcheck", "--json");

        Assert.Equal(4, selfCheck.ExitCode);
        Assert.Empty(selfCheck.Output);
        Assert.Equal(["fleetmark: nothing was measured: worker ort131-cpu: not understood (internal)"], selfCheck.Errors);
    }

    [Fact]
    public async Task Without_a_worker_of_ours_nothing_is_measured()
    {
        await using var home = new Home(fakeWorker: false);
        home.Set("Agent__BuiltInRuntimes", "false");

        Finished selfCheck = await home.RunAsync("selfcheck");

        Assert.Equal(4, selfCheck.ExitCode);
        Assert.Contains("no worker of ours is installed", Assert.Single(selfCheck.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_launch_uses_the_CPU_nothing_is_measured()
    {
        await using var home = new Home();
        home.Script("selfcheck:1,1");
        Assert.Equal(0, (await home.RunAsync("selfcheck")).ExitCode);
        string device = Assert.Single(Directory.GetFiles(home.Beside("locks")));

        await using (new FileStream(device, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Finished selfCheck = await home.RunAsync("selfcheck");

            Assert.Equal(4, selfCheck.ExitCode);
            Assert.Equal(["fleetmark: nothing was measured: an agent of this machine measures; wait until its run has ended"], selfCheck.Errors);
        }
    }

    [Fact]
    public async Task Control_C_ends_the_worker_and_leaves_nothing()
    {
        await using var home = new Home();
        home.Script("hang:start");
        string temporary = Directory.CreateDirectory(home.Folder).FullName;
        home.Set("TMPDIR", temporary);
        using Command selfCheck = home.Start("selfcheck");
        await selfCheck.RunsUntilAsync("the worker runs", () => home.Processes().Count > 0);

        selfCheck.PressControlC();

        Assert.Equal(130, (await selfCheck.FinishAsync()).ExitCode);
        await home.NothingRunsAsync();
        Assert.Empty(Directory.GetDirectories(temporary, "fleetmark-*"));
    }

    [Fact]
    public async Task Wrong_settings_are_named()
    {
        await using var home = new Home();
        home.Set("Agent__Cpus", "zero");

        Finished selfCheck = await home.RunAsync("selfcheck");

        Assert.Equal(2, selfCheck.ExitCode);
        Assert.Contains("Agent:Cpus", Assert.Single(selfCheck.Errors), StringComparison.Ordinal);
    }
}
