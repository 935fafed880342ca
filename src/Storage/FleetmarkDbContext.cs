using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Fleetmark.Storage;

/// <summary>The tables of schema <c>fleetmark</c> as EF Core sees them: for migrations and plain reads. What must be atomic is hand-written SQL.</summary>
internal sealed class FleetmarkDbContext(DbContextOptions<FleetmarkDbContext> options) : DbContext(options)
{
    /// <summary>Schema of every table.</summary>
    internal const string Schema = "fleetmark";

    /// <summary>Where EF Core notes which migrations were applied.</summary>
    internal const string HistoryTable = "migration_history";

    /// <summary>Options for a connection or a data source, set as every use of the context needs them.</summary>
    internal static DbContextOptions<FleetmarkDbContext> OptionsFor(Action<DbContextOptionsBuilder> useDatabase)
    {
        var builder = new DbContextOptionsBuilder<FleetmarkDbContext>();
        useDatabase(builder);
        builder.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        return builder.Options;
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();   // every index is there for a query, none for a reference

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.HasSequence<long>("run_id_seq");
        modelBuilder.HasSequence<long>("job_id_seq");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(FleetmarkDbContext).Assembly);
    }
}
