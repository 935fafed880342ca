using System.Diagnostics;
using System.Globalization;
using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet.Wire;

namespace Fleetmark.Agent.Tests.Hosting;

/// <summary>The agent as a program of its own.</summary>
public sealed class AgentProcessTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly StartedProcesses _agents = new();
    private FakeGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync(_folder.At("gateway.sock"));

    public async ValueTask DisposeAsync()
    {
        await EndAllAsync();
        await _gateway.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_gateway.Violations);
    }

    [Theory]
    [InlineData("hang:warmup")]
    [InlineData("deaf:warmup")]
    public async Task After_kill_9_the_worker_is_gone_at_the_latest_when_the_next_agent_says_hello(string fake)
    {
        using Process first = Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(AgentUnderTest.Assign(_folder, session.Hello.Devices[0].Uuid, fake: fake));
        await session.PhaseAsync("warmup");
        int worker = Worker();
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        using Process second = Start();
        FakeSession next = await _gateway.SessionAsync();
        Assert.False(FakeWorkerProgram.Lives(worker));
        Assert.NotEqual(session.Hello.ProcessId, next.Hello.ProcessId);
        Assert.Equal(session.Hello.SessionEpoch + 1, next.Hello.SessionEpoch);
        Assert.Empty(next.Hello.Held);
        Assert.Empty(Directory.GetDirectories(_folder.At("agent", "work")));
        await TerminateAsync(second);
    }

    [Fact]
    public async Task SIGTERM_drains_and_a_second_one_skips_the_grace()
    {
        using Process agent = Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(AgentUnderTest.Assign(_folder, session.Hello.Devices[0].Uuid, fake: "hang:warmup"));
        await session.PhaseAsync("warmup");
        ProcessSignals.SendToProcess(agent.Id, ProcessSignals.Terminate);
        await session.HeartbeatAsync("draining");
        Assert.False(agent.HasExited);
        await TerminateAsync(agent);
        Assert.Equal(new AttemptRef { JobId = 7, Attempt = 1 }, (await session.ReturnedAsync()).Attempt);
    }

    [Theory]
    [InlineData("Agent__Cpus", "two", "Agent:Cpus: 'two' is no list of cores such as 0-3,6")]
    [InlineData("Agent__Cpus", "900", "Agent:Cpus: none of the cores 900 may be used here")]
    [InlineData("Agent__ModelsFolder", "/dev/null/models", "Agent: ")]
    public async Task An_agent_that_cannot_start_says_why_in_one_line_and_leaves_with_exit_code_2(string key, string value, string said)
    {
        using Process agent = Start((key, value));
        string line = await agent.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, agent.ExitCode);
        Assert.StartsWith("fleetmark: " + said, line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_that_cannot_go_on_leaves_with_exit_code_1()
    {
        _folder.Save("agent/work", "a file in the place of the work folders");
        using Process agent = Start();
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, agent.ExitCode);
    }

    private Process Start(params (string Name, string Value)[] more)
    {
        // The agent's libraries lie here as the tests' own, so it is started with their list.
        string tests = Path.Combine(AppContext.BaseDirectory, "Fleetmark.Agent.Tests");
        string[] arguments = ["exec", "--runtimeconfig", tests + ".runtimeconfig.json", "--depsfile", tests + ".deps.json", Path.Combine(AppContext.BaseDirectory, "Fleetmark.Agent.dll")];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["Agent__Gateway"] = "unix:" + _folder.At("gateway.sock");
        start.Environment["Agent__DataFolder"] = _folder.At("agent");
        start.Environment["Agent__ModelsFolder"] = _folder.At("models");
        start.Environment["Agent__LockFolder"] = _folder.At("locks");
        start.Environment["Agent__BuiltInRuntimes"] = "false";
        start.Environment["Agent__Runtimes__0__Name"] = AgentUnderTest.Flavour;
        start.Environment["Agent__Runtimes__0__Executable"] = FakeWorkerProgram.Path;
        foreach ((string name, string value) in FakeWorkerProgram.Environment("measure")) start.Environment["Agent__Runtimes__0__Environment__" + name] = value;
        start.Environment["Logging__LogLevel__Default"] = "None";
        foreach ((string name, string value) in more) start.Environment[name] = value;
        var agent = Process.Start(start)!;
        _agents.Add(agent.Id);
        return agent;
    }

    /// <summary>The agents first, so that none starts another worker.</summary>
    private async Task EndAllAsync()
    {
        await _agents.DisposeAsync();
        await using var workers = new StartedProcesses();
        if (!Directory.Exists(_folder.At("agent", "work"))) return;
        foreach (string folder in Directory.GetDirectories(_folder.At("agent", "work")))
            if (WorkFolder.LivingProcess(folder) is { } worker) workers.Add(worker);
    }

    private int Worker() => int.Parse(File.ReadAllText(_folder.At("agent", "work", "7-1-0", "process")).Split(' ')[0], CultureInfo.InvariantCulture);

    private static async Task TerminateAsync(Process agent)
    {
        ProcessSignals.SendToProcess(agent.Id, ProcessSignals.Terminate);
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(0, agent.ExitCode);
    }
}
