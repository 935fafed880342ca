using Fleetmark.Documents;
using Fleetmark.Silo;
using Fleetmark.Silo.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Fleetmark.Cli.Embedded;

/// <summary>The silo with its agent gateway inside the command line.</summary>
internal static class EmbeddedSilo
{
    /// <summary>Starts it.</summary>
    /// <exception cref="ProblemException">The configuration is wrong.</exception>
    public static async Task<WebApplication> StartAsync(FleetmarkHome home, NpgsqlDataSource database, Guid clusterId, string socket, bool verbose, CancellationToken cancel)
    {
        WebApplication silo = Build(home, database, clusterId, socket, verbose);
        try
        {
            EmbeddedConfiguration.Checked("Dispatch", () => silo.Services.GetRequiredService<IOptions<DispatchOptions>>().Value);
            await silo.StartAsync(cancel);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>The host, not started.</summary>
    internal static WebApplication Build(FleetmarkHome home, NpgsqlDataSource database, Guid clusterId, string socket, bool verbose)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        EmbeddedConfiguration.Apply(builder, home, verbose);
        builder.AddFleetmarkSilo(database, clusterId, socket);
        WebApplication silo = builder.Build();
        silo.MapFleetmarkGateway();
        return silo;
    }
}
