using Fleetmark.Contracts.Jobs;
using Fleetmark.Storage.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace Fleetmark.Storage.Results;

/// <summary>Ends an open attempt without a result and decides what becomes of its job: ready after a pause, dead, failed or cancelled.</summary>
public sealed class FailStatement(NpgsqlDataSource database)
{
    private const int LongestText = 4000;
    private const int LongestLog = 65_536;

    private static readonly string Sql = SqlText.Read("Results/fail.sql");

    /// <summary>Ends the attempt; null when it was over already, or is not this device's.</summary>
    public async Task<EndedAttempt?> ExecuteAsync(FailRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancel);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Command(request));
        LaunchFacts.AddTo(batch, [new LaunchFact(request.Key, request.Launches)], request.Outcome);
        EndedAttempt? ended;
        await using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancel))
            ended = (await reader.ReadAllAsync(EndedAttempt.Read, cancel)).SingleOrDefault();
        await transaction.CommitAsync(cancel);
        return ended;
    }

    private static NpgsqlBatchCommand Command(FailRequest request)
    {
        var command = new NpgsqlBatchCommand(Sql);
        command.Parameters.Add(new() { Value = request.Key.JobId.Value });
        command.Parameters.Add(new() { Value = request.Key.Attempt });
        command.Parameters.Add(new() { Value = (object?)request.DeviceIds?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = (short)request.Outcome });
        command.Parameters.Add(Text(request.ErrorCode, FailureCode.MaximumLength));
        command.Parameters.Add(Text(request.ErrorText, LongestText));
        command.Parameters.Add(Text(request.LogTail, LongestLog));
        command.Parameters.Add(new() { Value = request.Permanent });
        command.Parameters.Add(new() { Value = (object?)request.AttemptLimit ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = (object?)request.RetryAfter ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = request.Backoff });
        return command;
    }

    /// <summary>A text that fits its column; PostgreSQL stores no NUL.</summary>
    private static NpgsqlParameter Text(string? text, int limit) => new()
    {
        Value = text is null ? DBNull.Value : text.Replace('\0', ' ')[..Math.Min(text.Length, limit)],
        NpgsqlDbType = NpgsqlDbType.Text,
    };
}
