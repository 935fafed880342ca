using Npgsql;

namespace Fleetmark.Fixtures;

/// <summary>A migrated database of its own; dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly Func<Task> _drop;

    internal TestDatabase(string connectionString, Func<Task> drop)
    {
        ConnectionString = connectionString;
        Source = new NpgsqlDataSourceBuilder(connectionString).Build();
        _drop = drop;
    }

    /// <summary>Connection string, as the product completes it.</summary>
    public string ConnectionString { get; }

    /// <summary>A data source on it.</summary>
    public NpgsqlDataSource Source { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _drop();
    }
}
