using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fleetmark.Agent.Files;

namespace Fleetmark.Agent.Models;

/// <summary>Small records by key, one JSON file each. What cannot be read counts as absent: every record can be found out again.</summary>
internal sealed class RecordFolder<T>(string folder, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>The record of that key, or null.</summary>
    internal T? Find(string key)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(key)), type);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a record, replacing what was there.</summary>
    /// <exception cref="IOException">The disk or its permissions do not allow it.</exception>
    internal void Write(string key, T record)
    {
        Directory.CreateDirectory(folder);
        DurableFile.Write(PathOf(key), JsonSerializer.SerializeToUtf8Bytes(record, type));
    }

    private string PathOf(string key) => Path.Combine(folder, key + ".json");
}
