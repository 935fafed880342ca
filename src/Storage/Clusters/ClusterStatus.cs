namespace Fleetmark.Storage.Clusters;

/// <summary>What a person wants to know about the private cluster.</summary>
public sealed record ClusterStatus
{
    /// <summary>True when there is one.</summary>
    public required bool Exists { get; init; }

    /// <summary>True when its server runs.</summary>
    public bool IsRunning => ProcessId is not null;

    /// <summary>Process id of its server; null when it does not run.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Major version of PostgreSQL that owns the data; null when there is none.</summary>
    public int? Major { get; init; }

    /// <summary>Folder of the data.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder of the socket; null when there is no cluster.</summary>
    public string? SocketFolder { get; init; }

    /// <summary>True when a person started it, so that it stays when the last command ends.</summary>
    public bool StartedExplicitly { get; init; }

    /// <summary>Commands that use it now; null when it does not run.</summary>
    public int? Sessions { get; init; }
}
