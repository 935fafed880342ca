using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;

namespace Fleetmark.Silo.Health;

/// <summary>
/// The three questions of an orchestrator. <c>/health/live</c>: answers as long as the process does, whatever the database does, because losing it must not restart silos.
/// <c>/health/started</c>: the silo has joined. <c>/health/ready</c>: besides, it does not stop, and the database answered within the last 10 s.
/// </summary>
internal static class HealthProbes
{
    private const string Started = "started";
    private const string Ready = "ready";

    internal static void AddHealthProbes(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseHeartbeat>();
        services.AddHostedService(all => all.GetRequiredService<DatabaseHeartbeat>());
        services.AddHealthChecks().AddCheck<SiloLife>("silo", tags: [Started, Ready]).AddCheck<DatabaseHeartbeat>("database", tags: [Ready]);
    }

    /// <summary>Answers on one port alone.</summary>
    internal static void MapHealthProbes(this WebApplication host, int port)
    {
        Map("/health/live", null);
        Map("/health/started", Started);
        Map("/health/ready", Ready);

        void Map(string path, string? tag) => host
            .MapHealthChecks(path, new HealthCheckOptions { Predicate = check => tag is not null && check.Tags.Contains(tag) })
            .RequireHost($"*:{port}");
    }
}
