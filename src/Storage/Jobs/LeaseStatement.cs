using Fleetmark.Contracts.Jobs;
using Npgsql;

namespace Fleetmark.Storage.Jobs;

/// <summary>Takes waiting jobs for ready devices: attempt number + 1, one open attempt per device, all in one statement.</summary>
public sealed class LeaseStatement(NpgsqlDataSource database)
{
    private static readonly string Sql = SqlText.Read("Jobs/lease.sql");

    /// <summary>Leases what is still free. A wish that is not answered was fulfilled elsewhere.</summary>
    /// <param name="wishes">Pairs of job and device; each occurs at most once.</param>
    /// <param name="timeToLive">Life of a lease without renewal.</param>
    /// <param name="cancel">Ends the waiting, not a commit that is under way.</param>
    public async Task<IReadOnlyList<Lease>> ExecuteAsync(IReadOnlyList<LeaseWish> wishes, TimeSpan timeToLive, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        if (wishes.Count == 0) return [];
        try
        {
            return await TakeAsync(wishes, timeToLive, cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && wishes.Count > 1)
        {
            // Another activation of the pool leased one of these devices in the same moment: the others are still to be had.
            List<Lease> leases = [];
            foreach (LeaseWish wish in wishes) leases.AddRange(await ExecuteAsync([wish], timeToLive, cancel));
            return leases;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<Lease>> TakeAsync(IReadOnlyList<LeaseWish> wishes, TimeSpan timeToLive, CancellationToken cancel)
    {
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = wishes.Select(w => w.JobId.Value).ToArray() });
        command.Parameters.Add(new() { Value = wishes.Select(w => w.DeviceId).ToArray() });
        command.Parameters.Add(new() { Value = wishes.Select(w => w.Incarnation).ToArray() });
        command.Parameters.Add(new() { Value = timeToLive });
        return await command.ReadAllAsync(r => new Lease(new AttemptKey(new JobId(r.GetInt64(0)), r.GetInt32(1)), r.GetInt32(2)), cancel);
    }
}
