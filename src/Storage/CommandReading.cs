using Npgsql;

namespace Fleetmark.Storage;

/// <summary>Reading of whole answers.</summary>
internal static class CommandReading
{
    /// <summary>Runs the command and reads every row.</summary>
    public static async Task<IReadOnlyList<T>> ReadAllAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAllAsync(read, cancel);
    }

    /// <summary>Reads every row of the current answer.</summary>
    public static async Task<IReadOnlyList<T>> ReadAllAsync<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>A column that may be null.</summary>
    public static T? Nullable<T>(this NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? default : reader.GetFieldValue<T>(ordinal);
}
