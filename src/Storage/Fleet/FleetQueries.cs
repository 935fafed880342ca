using System.Text.Json;
using Fleetmark.Contracts.Fleet;
using Npgsql;

namespace Fleetmark.Storage.Fleet;

/// <summary>Reads about agents and devices.</summary>
public sealed class FleetQueries(NpgsqlDataSource database)
{
    private static readonly string DeviceClasses = SqlText.Read("Fleet/device-classes.sql");
    private static readonly string Seen = SqlText.Read("Fleet/agents-seen.sql");
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(60);

    /// <summary>Every known device class; offered are those with a device whose agent was seen within the last minute.</summary>
    public async Task<IReadOnlyList<DeviceClass>> DeviceClassesAsync(CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(DeviceClasses);
        command.Parameters.Add(new() { Value = SeenWithin });
        return await command.ReadAllAsync(
            r => new DeviceClass
            {
                Slug = r.GetString(0),
                Vendor = r.GetString(1),
                DisplayName = r.GetString(2),
                Capabilities = r.GetFieldValue<string[]>(3),
                Offered = r.GetBoolean(4),
                Devices = [.. r.GetFieldValue<string[]>(5).Order(StringComparer.Ordinal)],
                Findings = JsonSerializer.Deserialize<RuntimeFinding[]>(r.GetString(6), JsonColumn.Format)!,
            },
            cancel);
    }

    /// <summary>True once the agent said Hello after its last enrolment.</summary>
    public async Task<bool> IsConnectedAsync(Guid agentKey, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand("select exists (select from fleetmark.agent where agent_key = $1 and last_seen_at is not null)");
        command.Parameters.Add(new() { Value = agentKey });
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The identity of this database: it changes with every restore elsewhere.</summary>
    public async Task<Guid> ClusterIdAsync(CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand("select cluster_id from fleetmark.cluster_identity");
        return (Guid)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Notes that the agents are alive.</summary>
    public async Task NoteSeenAsync(IReadOnlyList<int> agents, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Seen);
        command.Parameters.Add(new() { Value = agents.ToArray() });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
