using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace Fleetmark.Storage;

/// <summary>JSON as the statements read and write it: snake case, bytes in base64, nothing for null.</summary>
internal static class JsonColumn
{
    /// <summary>How it is written and read.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>A value as a parameter.</summary>
    public static NpgsqlParameter Parameter<T>(T value) => new() { Value = JsonSerializer.Serialize(value, Format), NpgsqlDbType = NpgsqlDbType.Jsonb };
}
