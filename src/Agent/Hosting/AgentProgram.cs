using System.Runtime.InteropServices;
using Fleetmark.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Hosting;

/// <summary>An agent as a process of its own.</summary>
public static class AgentProgram
{
    /// <summary>
    /// Runs until SIGTERM or Ctrl-C: then launches get <see cref="AgentOptions.DrainGrace"/>, which a second signal skips.
    /// </summary>
    /// <param name="args">Settings such as <c>--Agent:Cpus=0-3</c>; they win over <c>appsettings.json</c> and environment variables.</param>
    /// <param name="configure">Sets options in code; applied after configuration.</param>
    /// <returns>0 when it was told to stop, 1 when it could not go on.</returns>
    /// <exception cref="ProblemException">A setting is wrong, or a folder cannot be used.</exception>
    public static async Task<int> RunAsync(string[] args, Action<AgentOptions>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddFleetmarkAgent(configure);
        try
        {
            using IHost host = builder.Build();
            AgentHost agent = host.Services.GetRequiredService<AgentHost>();
            int requests = 0;
            using var impatience = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
            {
                if (Interlocked.Increment(ref requests) > 1) agent.Hurry();
            });
            await host.RunAsync();
            return agent.IsBroken ? 1 : 0;
        }
        catch (OptionsValidationException e)
        {
            throw new ProblemException([.. e.Failures.Select(failure => SettingProblem.Of(AgentOptions.Section, failure))]);
        }
        catch (InvalidOperationException e) when (e.Source == "Microsoft.Extensions.Configuration.Binder")
        {
            throw new ProblemException(SettingProblem.Of(AgentOptions.Section, e.Message));
        }
    }
}
