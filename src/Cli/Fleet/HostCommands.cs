using System.CommandLine;
using Fleetmark.Agent.Hosting;
using Fleetmark.Cli.Databases;
using Fleetmark.Silo.Hosting;

namespace Fleetmark.Cli.Fleet;

/// <summary><c>host silo|agent</c>: one role of a fleet in the foreground; the same hosts as the programs of <c>src/Silo</c> and <c>src/Agent</c>.</summary>
internal static class HostCommands
{
    /// <summary>The command with its roles.</summary>
    public static Command Create(FleetmarkHome home) => new("host", "One role of a fleet in the foreground, until Ctrl-C") { Silo(), Agent(home) };

    private static Command Silo()
    {
        Option<string?> database = DatabaseCommands.DatabaseOption();
        var command = new Command("silo", "Grains and the agents' gateway; settings such as --Silo:SiloPort=11112 pass through") { database };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, _) =>
        {
            await FleetSilo.RunAsync([.. parsed.UnmatchedTokens], parsed.GetValue(database));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Agent(FleetmarkHome home)
    {
        var silo = new Option<string>("--silo") { Description = "Where the gateway listens: https://host:5081, http://host:5081, or unix:/path", Required = true };
        var token = new Option<string?>("--token-file") { Description = "File with a join token, for the first start" };
        var authority = new Option<string?>("--ca-file") { Description = "PEM file of the authority that signed the gateway's certificate" };
        var insecure = new Option<bool>("--insecure") { Description = "Allow plaintext to another machine" };
        var command = new Command("agent", "The agent of this machine; settings such as --Agent:Cpus=0-3 pass through") { silo, token, authority, insecure };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, _) => AgentProgram.RunAsync([.. parsed.UnmatchedTokens], agent =>
        {
            agent.Gateway = parsed.GetRequiredValue(silo);
            agent.TokenFile ??= parsed.GetValue(token) is { } file ? Path.GetFullPath(file) : null;
            agent.CertificateAuthorityFile ??= parsed.GetValue(authority) is { } pem ? Path.GetFullPath(pem) : null;
            agent.Insecure |= parsed.GetValue(insecure);
            if (agent.DataFolder.Length == 0) agent.DataFolder = home.Agent;
            if (agent.ModelsFolder.Length == 0) agent.ModelsFolder = home.Models;
        }));
        return command;
    }
}
