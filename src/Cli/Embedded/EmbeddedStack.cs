using System.Security.Cryptography;
using System.Text;
using Fleetmark.Agent.Hosting;
using Fleetmark.Cli.Databases;
using Fleetmark.Contracts.Runs;
using Fleetmark.Documents;
using Fleetmark.Silo;
using Fleetmark.Storage.Runs;
using Fleetmark.Storage.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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

    private EmbeddedStack(StackLock taken, GatewaySocket socket, DatabaseAccess database, WebApplication silo, IHost agent)
    {
        _lock = taken;
        _socket = socket;
        Database = database;
        _silo = silo;
        _agent = agent;
    }

    /// <summary>The database.</summary>
    public DatabaseAccess Database { get; }

    /// <summary>Cancelled when the silo or the agent ends by itself, which is a defect.</summary>
    public CancellationToken Stopped => _silo.Lifetime.ApplicationStopping;

    /// <summary>Calls to grains.</summary>
    public IGrainFactory Grains => _silo.Services.GetRequiredService<IGrainFactory>();

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
            foreach (RunId run in await new LeftOverRuns(access.Source).InterruptAsync(cancel))
                terminal.Note($"run {run} was left by a command that ended; `fleetmark resume {run}` finishes it");
            GatewaySocket socket = GatewaySocket.Choose(home);
            built.Push(socket);
            WebApplication silo = await StartSiloAsync(access, socket.Path, verbose, cancel);
            built.Push(silo);
            IHost agent = await StartAgentAsync(home, access, socket.Path, verbose, cancel);
            var stack = new EmbeddedStack(taken, socket, access, silo, agent);
            built.Clear();
            built.Push(stack);
            await stack.WaitForAgentAsync(AgentKey.Of(home), cancel);
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
        try
        {
            await agent.StopAsync(CancellationToken.None);
        }
        finally
        {
            await silo.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<WebApplication> StartSiloAsync(DatabaseAccess database, string socket, bool verbose, CancellationToken cancel)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        Logging(builder.Logging, verbose);
        builder.AddFleetmarkSilo(database.Source, await database.Fleet.ClusterIdAsync(cancel), socket);
        WebApplication silo = builder.Build();
        silo.MapFleetmarkGateway();
        try
        {
            await silo.StartAsync(cancel);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    private static async Task<IHost> StartAgentAsync(FleetmarkHome home, DatabaseAccess database, string socket, bool verbose, CancellationToken cancel)
    {
        string credential = await EnrolAsync(home, database, cancel);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        EmbeddedConfiguration.AddTo(builder.Configuration);
        Logging(builder.Logging, verbose);
        builder.Services.AddFleetmarkAgent(agent =>
        {
            agent.Gateway = $"unix:{socket}";
            agent.DataFolder = home.Agent;
            agent.ModelsFolder = home.Models;
            agent.Credential = credential;
            agent.DrainGrace = TimeSpan.Zero;
        });
        IHost host = builder.Build();
        try
        {
            await host.StartAsync(cancel);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Makes this machine's agent known to the database; the credential lives as long as this process.</summary>
    private static async Task<string> EnrolAsync(FleetmarkHome home, DatabaseAccess database, CancellationToken cancel)
    {
        string credential = $"fma_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";
        byte[] sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(credential));
        Guid key = AgentKey.Of(home);
        await new EnrolStatement(database.Source).ExecuteAsync(key, $"{Environment.MachineName}-{key.ToString("N")[..8]}", sha256, cancel);
        return credential;
    }

    private async Task WaitForAgentAsync(Guid agentKey, CancellationToken cancel)
    {
        TimeProvider clock = TimeProvider.System;
        long begun = clock.GetTimestamp();
        while (!await Database.Fleet.IsConnectedAsync(agentKey, cancel))
        {
            if (clock.GetElapsedTime(begun) > AgentWithin)
                throw new ProblemException(new Problem("agent-silent", "this machine", $"its agent did not connect within {AgentWithin.TotalSeconds} s", "the same command with --verbose shows its log"));
            await Task.Delay(LookEvery, clock, cancel);
        }
    }

    /// <summary>Logs go to standard error, and only when asked for: the person sees progress instead. What was lost or refused for good shows always.</summary>
    private static void Logging(ILoggingBuilder logging, bool verbose)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Error);
        if (!verbose) logging.AddFilter("Fleetmark", LogLevel.Error);
    }
}
