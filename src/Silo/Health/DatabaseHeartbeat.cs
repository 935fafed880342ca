using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Fleetmark.Silo.Health;

/// <summary>Asks the database for a sign of life every few seconds, and says how old the last one is; a probe itself never waits for the database.</summary>
internal sealed partial class DatabaseHeartbeat(NpgsqlDataSource database, TimeProvider clock, ILogger<DatabaseHeartbeat> log) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(10);

    private long? _answeredAt;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        _answeredAt is { } at && clock.GetElapsedTime(at) <= BelievedFor ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the database did not answer for 10 s"));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do await AskAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task AskAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(AnswerWithin);
        try
        {
            await using NpgsqlCommand command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(patience.Token);
            _answeredAt = clock.GetTimestamp();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            LogSilent(e.Message);
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "The database does not answer: {Reason}")]
    private partial void LogSilent(string reason);
}
