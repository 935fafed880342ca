using Fleetmark.Silo;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Fleetmark.Cli.Embedded;

/// <summary>The silo with its agent gateway inside the command line.</summary>
internal static class EmbeddedSilo
{
    /// <summary>Starts it.</summary>
    public static async Task<WebApplication> StartAsync(FleetmarkHome home, NpgsqlDataSource database, Guid clusterId, string socket, bool verbose, CancellationToken cancel)
    {
        WebApplication silo = Build(home, database, clusterId, socket, verbose);
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
