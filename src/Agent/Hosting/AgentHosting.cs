using Fleetmark.Agent.Calibration;
using Fleetmark.Agent.Clocks;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Harness;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Link;
using Fleetmark.Agent.Loops;
using Fleetmark.Agent.Models;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Spool;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Hosting;

/// <summary>Adds the agent of this machine to a host.</summary>
public static class AgentHosting
{
    private static readonly TimeSpan AfterGrace = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds the agent as a hosted service. It reads section "Agent", then <paramref name="configure"/>; wrong values stop the host at its start. The agent dials when the
    /// host starts and, when the host stops, ends its workers after <see cref="AgentOptions.DrainGrace"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options in code; applied after configuration.</param>
    public static IServiceCollection AddFleetmarkAgent(this IServiceCollection services, Action<AgentOptions>? configure = null)
    {
        OptionsBuilder<AgentOptions> options = services.AddOptions<AgentOptions>()
            .BindConfiguration(AgentOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsAttributes>();
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsChecks>();
        services.AddOptions<HostOptions>().PostConfigure<IOptions<AgentOptions>>(
            (host, agent) => host.ShutdownTimeout = Longer(host.ShutdownTimeout, agent.Value.DrainGrace + AfterGrace));

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new HostFiles("/"));
        services.AddSingleton<Outbox>();
        services.AddSingleton(all => new ResultSpool(
            all.GetRequiredService<IOptions<AgentOptions>>().Value.Spool(), DiskSpace.Of, all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<ResultSpool>>()));
        services.AddSingleton<WorkerMemory>();
        services.AddSingleton<WorkerLauncher>();
        services.AddSingleton<Leftovers>();
        services.AddSingleton(all => GpuDriver.Open(all.GetRequiredService<IOptions<AgentOptions>>().Value.Nvml, all.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DeviceInventory>();
        services.AddSingleton<LostDevices>();
        services.AddSingleton<TimedCores>();
        services.AddSingleton<HostFacts>();
        services.AddSingleton<DeviceFacts>();
        services.AddSingleton<RuntimeCatalog>();
        services.AddSingleton<OptionKeys>();
        services.AddSingleton<RuntimeProbe>();
        services.AddSingleton<MachineProbe>();
        services.AddSingleton<HarnessCheck>();
        services.AddSingleton<HarnessRecord>();
        services.AddSingleton<ModelCache>();
        services.AddSingleton<Enrolment>();
        services.AddSingleton<EnvironmentReporting>();
        services.AddSingleton<HalfPreparation>();
        services.AddSingleton<CalibrationStore>();
        services.AddSingleton<SoakModel>();
        services.AddSingleton<SoakLaunch>();
        services.AddSingleton<LockedCards>();
        services.AddSingleton<ClockKeeper>();
        services.AddSingleton<EnergyTimes>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<AttemptBoard>();
        services.AddSingleton<DeviceWatchLoop>();
        services.AddSingleton<CalibrationLoop>();
        services.AddSingleton<GatewayLink>();
        services.AddSingleton<AgentHost>();
        services.AddHostedService(all => all.GetRequiredService<AgentHost>());
        return services;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
