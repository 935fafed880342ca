using Npgsql;

namespace Fleetmark.Storage.Clusters;

/// <summary>One command's use of the private cluster. Disposing it stops the server when nobody else uses it and no person asked for it to stay.</summary>
public sealed class ClusterSession : IAsyncDisposable
{
    private readonly PrivateCluster _cluster;
    private readonly NpgsqlConnection _counted;
    private int _disposed;

    internal ClusterSession(PrivateCluster cluster, string connectionString, NpgsqlConnection counted)
    {
        _cluster = cluster;
        ConnectionString = connectionString;
        _counted = counted;
    }

    /// <summary>Completed connection string of the cluster's database.</summary>
    public string ConnectionString { get; }

    /// <summary>Leaves the cluster; the caller has disposed its data sources.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) await _cluster.LeaveAsync(_counted);
    }
}
