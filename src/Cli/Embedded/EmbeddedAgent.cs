using System.Security.Cryptography;
using System.Text;
using Fleetmark.Agent;
using Fleetmark.Agent.Hosting;
using Fleetmark.Agent.Link;
using Fleetmark.Cli.Databases;
using Fleetmark.Documents;
using Fleetmark.Storage.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Cli.Embedded;

/// <summary>This machine's agent inside the command line.</summary>
internal static class EmbeddedAgent
{
    /// <summary>The options a run would use, for commands that look without starting anything.</summary>
    /// <exception cref="ProblemException">The configuration is wrong.</exception>
    public static AgentOptions Options(FleetmarkHome home)
    {
        using IHost host = Build(home, Path.Combine(home.Agent, "gateway.sock"), credential: null, terminal: null, verbose: false);
        return host.Services.GetRequiredService<IOptions<AgentOptions>>().Value;
    }

    /// <summary>Makes the agent known to the database and starts it; its credential lives as long as this process.</summary>
    /// <exception cref="ProblemException">The configuration is wrong, or another agent uses the folder.</exception>
    public static async Task<IHost> StartAsync(FleetmarkHome home, DatabaseAccess database, string socket, Terminal terminal, bool verbose, CancellationToken cancel)
    {
        IHost host = Build(home, socket, await EnrolAsync(home, database, cancel), terminal, verbose);
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

    /// <summary>The host, not started.</summary>
    /// <exception cref="ProblemException">The configuration is wrong.</exception>
    internal static IHost Build(FleetmarkHome home, string socket, string? credential, Terminal? terminal, bool verbose)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        EmbeddedConfiguration.Apply(builder, home, verbose);
        // With --verbose the log shows them.
        if (terminal is not null && !verbose)
        {
            builder.Logging.AddProvider(new TerminalWarnings(terminal));
            builder.Logging.AddFilter<TerminalWarnings>(category: null, LogLevel.None).AddFilter<TerminalWarnings>(RuntimeWarnings.Category, LogLevel.Warning);
        }

        builder.Services.AddFleetmarkAgent(agent =>
        {
            agent.Gateway = $"unix:{socket}";
            agent.DataFolder = home.Agent;
            agent.ModelsFolder = home.Models;
            agent.Credential = credential;
            agent.DrainGrace = TimeSpan.Zero;
        });
        return EmbeddedConfiguration.Checked("Agent", builder.Build);
    }

    private static async Task<string> EnrolAsync(FleetmarkHome home, DatabaseAccess database, CancellationToken cancel)
    {
        string credential = $"fma_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";
        byte[] sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(credential));
        Guid key = AgentKey.Of(home.Agent);
        await new EnrolStatement(database.Source).ExecuteAsync(key, $"{Environment.MachineName}-{key.ToString("N")[..8]}", sha256, cancel);
        return credential;
    }
}
