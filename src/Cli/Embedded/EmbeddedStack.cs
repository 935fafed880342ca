using Fleetmark.Agent.Link;
using Fleetmark.Cli.Databases;
using Fleetmark.Contracts.Runs;
using Fleetmark.Documents;
using Fleetmark.Storage.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fleetmark.Cli.Embedded;

/// <summary>
/// Silo, agent gateway and agent of this machine in this process: the parts of a fleet, hosted together. One stack per home at a time; whoever comes second waits.
/// Disposing it stops the agent with its workers first, then the silo, then the database.
/// </summary>
internal sealed class EmbeddedStack : IAsyncDisposable
{
    private static readonly TimeSpan AgentWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly StackLock _lock;
    private readonly GatewaySocket _socket;
    private readonly WebApplication _silo;
    private readonly IHost _agent;
    private readonly CancellationTokenSource _stopped;

    private EmbeddedStack(StackLock taken, GatewaySocket socket, DatabaseAccess database, WebApplication silo, IHost agent)
    {
        _lock = taken;
        _socket = socket;
        Database = database;
        _silo = silo;
        _agent = agent;
        _stopped = CancellationTokenSource.CreateLinkedTokenSource(silo.Lifetime.ApplicationStopping, AgentStopping);
    }

    /// <summary>The database.</summary>
    public DatabaseAccess Database { get; }

    /// <summary>Cancelled when the silo or the agent ends by itself, which is a defect.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>Calls to grains.</summary>
    public IGrainFactory Grains => _silo.Services.GetRequiredService<IGrainFactory>();

    private CancellationToken AgentStopping => _agent.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>Starts everything and waits until this machine's agent is connected.</summary>
    /// <exception cref="ProblemException">The database, the gateway or the agent cannot be started.</exception>
    public static async Task<EmbeddedStack> StartAsync(FleetmarkHome home, Terminal terminal, string? database, bool verbose, CancellationToken cancel)
    {
        StackLock taken = await StackLock.TakeAsync(home, terminal, cancel);
        var built = new Stack<IAsyncDisposable>([taken]);
        try
        {
            DatabaseAccess access = await DatabaseAccess.OpenAsync(terminal, database, cancel);
            built.Push(access);
            IReadOnlyList<RunId> leftOver = await new LeftOverRuns(access.Source).InterruptAsync(cancel);
            foreach (RunId run in leftOver) terminal.Note($"run {run} was left by a command that ended; `fleetmark resume {run}` finishes it");
            GatewaySocket socket = GatewaySocket.Choose(home);
            built.Push(socket);
            WebApplication silo = await EmbeddedSilo.StartAsync(home, access.Source, await access.Fleet.ClusterIdAsync(cancel), socket.Path, verbose, cancel);
            built.Push(silo);
            IHost agent = await EmbeddedAgent.StartAsync(home, access, socket.Path, terminal, verbose, cancel);
            var stack = new EmbeddedStack(taken, socket, access, silo, agent);
            built.Clear();
            built.Push(stack);
            // Its command may have been killed between a result and the cell computed from it.
            foreach (RunId run in leftOver) await stack.Grains.GetGrain<IRunGrain>(run.Value).Progress();
            await stack.WaitForAgentAsync(AgentKey.Of(home.Agent), cancel);
            return stack;
        }
        catch
        {
            while (built.TryPop(out IAsyncDisposable? part)) await part.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says that this process drives the run, until the result is disposed of.</summary>
    /// <exception cref="ProblemException">Another process does.</exception>
    public async Task<IAsyncDisposable> HoldAsync(RunId run, CancellationToken cancel) => await RunLock.TryTakeAsync(Database.Source, run, cancel)
        ?? throw new ProblemException(new Problem("run-driven", $"run {run}", "another fleetmark command drives this run", "wait until it ends"));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Each part goes even when the one before it could not go in peace: nothing may stay behind.
        await using StackLock last = _lock;
        await using DatabaseAccess database = Database;
        await using GatewaySocket socket = _socket;
        await using WebApplication silo = _silo;
        using IHost agent = _agent;
        using CancellationTokenSource stopped = _stopped;
        try
        {
            await agent.StopAsync(CancellationToken.None);
        }
        finally
        {
            await silo.StopAsync(CancellationToken.None);
        }
    }

    private async Task WaitForAgentAsync(Guid agentKey, CancellationToken cancel)
    {
        const string Remedy = "the same command with --verbose shows why";
        TimeProvider clock = TimeProvider.System;
        long begun = clock.GetTimestamp();
        while (!await Database.Fleet.IsConnectedAsync(agentKey, cancel))
        {
            if (AgentStopping.IsCancellationRequested) throw new ProblemException(new Problem("agent-ended", "this machine", "its agent ended by itself", Remedy));
            if (clock.GetElapsedTime(begun) > AgentWithin)
                throw new ProblemException(new Problem("agent-silent", "this machine", $"its agent did not connect within {AgentWithin.TotalSeconds} s", Remedy));
            await Task.Delay(LookEvery, clock, cancel);
        }
    }
}
