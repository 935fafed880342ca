using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Fleetmark.Storage.Migrations;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model; it never connects.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<FleetmarkDbContext>
{
    /// <inheritdoc/>
    public FleetmarkDbContext CreateDbContext(string[] args) => new(FleetmarkDbContext.OptionsFor(options =>
        options.UseNpgsql("Host=nowhere", npgsql => npgsql.MigrationsHistoryTable(FleetmarkDbContext.HistoryTable, FleetmarkDbContext.Schema))));
}
