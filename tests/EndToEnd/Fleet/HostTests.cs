using System.Net;

namespace Fleetmark.EndToEnd.Fleet;

public sealed class HostTests
{
    private const string Active = "select count(*) from orleans.silo where status = 3";

    [Fact]
    public async Task Silos_find_each_other_and_an_agent_joins_by_a_token_that_is_good_once()
    {
        await using FleetOfProcesses fleet = await FleetOfProcesses.StartAsync();
        SiloProcess first = fleet.StartSilo(), second = fleet.StartSilo();
        await FleetOfProcesses.AnswersAsync(first, "ready", HttpStatusCode.OK);
        await FleetOfProcesses.AnswersAsync(second, "ready", HttpStatusCode.OK);
        await fleet.BecomesAsync("both silos are active", Active, 2L);
        string token = await fleet.TokenFileAsync();

        Command agent = fleet.StartAgent(first.Gateway, token, "box");
        await fleet.BecomesAsync("the agent is there with its device", "select count(*) from fleetmark.device d join fleetmark.agent a using (agent_id) where a.name = 'box' and a.last_seen_at is not null", 1L);
        string credential = Path.Combine(fleet.Home.Beside("box"), "data", "credential");
        Assert.StartsWith("fma_", await File.ReadAllTextAsync(credential, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(credential));

        // It comes back by its credential, through the other silo; somebody else does not by the token.
        agent.Terminate();
        Assert.Equal(0, (await agent.FinishAsync()).ExitCode);
        await fleet.BecomesAsync("its session ended", "select incarnation from fleetmark.agent", 1L);
        Command again = fleet.StartAgent(second.Gateway, token, "box");
        await fleet.BecomesAsync("it is back", "select incarnation from fleetmark.agent where name = 'box'", 2L);
        Command other = fleet.StartAgent(second.Gateway, token, "other");
        await other.SaysAsync("the join token is not valid");
        Assert.Equal(1L, await fleet.ScalarAsync<long>("select count(*) from fleetmark.agent"));
        again.Terminate();
        Assert.Equal(0, (await again.FinishAsync()).ExitCode);
    }

    [Fact]
    public async Task A_killed_silo_is_declared_dead_and_one_that_is_told_to_stop_leaves()
    {
        await using FleetOfProcesses fleet = await FleetOfProcesses.StartAsync();
        SiloProcess[] silos = [fleet.StartSilo(), fleet.StartSilo(), fleet.StartSilo()];
        foreach (SiloProcess silo in silos) await FleetOfProcesses.AnswersAsync(silo, "started", HttpStatusCode.OK);
        await fleet.BecomesAsync("all silos are active", Active, 3L);

        silos[0].Command.Kill();
        await fleet.BecomesAsync("the others declared it dead", Active, 2L);

        silos[1].Command.Terminate();
        Assert.Equal(0, (await silos[1].Command.FinishAsync()).ExitCode);
        Assert.Equal(1L, await fleet.ScalarAsync<long>(Active));
        Assert.Equal(HttpStatusCode.OK, await FleetOfProcesses.ProbeAsync(silos[2], "ready"));
    }

    [Fact]
    public async Task Without_its_database_a_silo_is_alive_and_not_ready()
    {
        await using FleetOfProcesses fleet = await FleetOfProcesses.StartAsync();
        SiloProcess silo = fleet.StartSilo();
        await FleetOfProcesses.AnswersAsync(silo, "ready", HttpStatusCode.OK);

        await fleet.StopDatabaseAsync();
        await FleetOfProcesses.AnswersAsync(silo, "ready", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await FleetOfProcesses.ProbeAsync(silo, "live"));
        Assert.Equal(HttpStatusCode.OK, await FleetOfProcesses.ProbeAsync(silo, "started"));

        await fleet.StartDatabaseAsync();
        await FleetOfProcesses.AnswersAsync(silo, "ready", HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("--Silo:Gateway=http://0.0.0.0:5081", "Silo:Gateway: agents of other machines would send their credentials in plaintext")]
    [InlineData("--Silo:Gateway=https://127.0.0.1:5081", "Silo:CertificateFile: https needs a certificate")]
    [InlineData("--Silo:Gateway=http://localhost:5081", "Silo:Gateway: 'localhost:5081' is no IP address with a port")]
    [InlineData("--Silo:Management=unix:/tmp/x", "Silo:Management: probes are asked over plain HTTP")]
    [InlineData("--Silo:Address=box", "Silo:Address: 'box' is no IP address")]
    [InlineData("--Silo:SiloPort=0", "SiloPort")]
    [InlineData("--Silo:Gatway=http://127.0.0.1:1", "Gatway")]
    [InlineData("--Silo:ClusterId=my cluster", "ClusterId")]
    public async Task A_wrong_setting_is_one_line_and_no_silo(string setting, string said)
    {
        await using var home = new Home();
        Finished silo = await home.RunAsync("host", "silo", setting);
        Assert.Equal(2, silo.ExitCode);
        Assert.Contains(said, string.Join('\n', silo.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_needs_a_database_that_others_use_too()
    {
        await using var home = new Home();
        Finished silo = await home.RunAsync("host", "silo");
        Assert.Equal(2, silo.ExitCode);
        Assert.Contains("a silo of a fleet needs a database", Assert.Single(silo.Errors), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home.Folder, "pg")));
    }
}
