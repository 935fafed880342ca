using Fleetmark.Fixtures;
using Npgsql;

namespace Fleetmark.Storage.Tests;

/// <summary>Base of tests on a migrated database of their own.</summary>
public abstract class DatabaseTests(TestCluster cluster) : IAsyncLifetime
{
    /// <summary>The database of this test.</summary>
    protected TestDatabase Database { get; private set; } = null!;

    /// <summary>A data source on it.</summary>
    protected NpgsqlDataSource Source => Database.Source;

    /// <summary>Ends with the test run.</summary>
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => Database = await cluster.CreateDatabaseAsync(Cancel);

    public virtual async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a statement.</summary>
    protected async Task ExecuteAsync(string statement)
    {
        await using NpgsqlCommand command = Source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>The one value of a query.</summary>
    protected async Task<T> ScalarAsync<T>(string query)
    {
        await using NpgsqlCommand command = Source.CreateCommand(query);
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }

    /// <summary>The rows of a query, their columns as text joined by bars.</summary>
    protected async Task<IReadOnlyList<string>> RowsAsync(string query) => await Catalogue.RowsAsync(Source, query, Cancel);
}
