using Fleetmark.Fixtures;
using Npgsql;

namespace Fleetmark.Storage.Tests;

/// <summary>Base of tests on a queue with a connected agent.</summary>
public abstract class QueueTests(TestCluster cluster) : DatabaseTests(cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private protected Queue Queue { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Queue = new Queue(Source);
        await Queue.ConnectAsync(Cancel);
    }

    /// <summary>
    /// Makes statements meet: holds locks, starts the statements one after the other until each of them waits, then lets go. What they decide, they decide in
    /// the order given, each on what the one before left.
    /// </summary>
    /// <param name="hold">Statement whose locks they all need.</param>
    /// <param name="meeting">The statements.</param>
    protected async Task MeetAsync(string hold, params Func<Task>[] meeting)
    {
        var running = new List<Task>();
        await using (NpgsqlConnection holder = await Source.OpenConnectionAsync(Cancel))
        await using (NpgsqlTransaction transaction = await holder.BeginTransactionAsync(Cancel))
        {
            await using (var command = new NpgsqlCommand(hold, holder, transaction)) await command.ExecuteNonQueryAsync(Cancel);
            foreach (Func<Task> start in meeting)
            {
                running.Add(start());
                await Eventually.Async($"statement {running.Count} of {meeting.Length} meets a lock", WaitingAsync, waiting => waiting == running.Count, Patience);
            }

            await transaction.CommitAsync(Cancel);
        }

        await Task.WhenAll(running);
    }

    private Task<long> WaitingAsync() =>
        ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
}
