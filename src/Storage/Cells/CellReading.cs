using System.Text.Json;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;
using Npgsql;

namespace Fleetmark.Storage.Cells;

/// <summary>Reads a cell out of the columns kind, model, sha256, slug, precision, batch, crop, resize_short, provider, flavour, scope, extra.</summary>
internal static class CellReading
{
    /// <summary>The cell whose columns begin at <paramref name="first"/>.</summary>
    public static Cell Read(NpgsqlDataReader row, int first)
    {
        using var extra = JsonDocument.Parse(row.GetString(first + 11));
        return Read(row, first, extra.RootElement);
    }

    private static Cell Read(NpgsqlDataReader row, int first, JsonElement extra) => new()
    {
        Kind = (CellKind)row.GetInt16(first),
        Model = row.GetString(first + 1),
        ArtifactSha256 = row.GetString(first + 2),
        DeviceClass = row.GetString(first + 3),
        Precision = (Precision)row.GetInt16(first + 4),
        Batch = row.GetInt32(first + 5),
        Crop = row.GetInt32(first + 6),
        ResizeShort = row.GetInt32(first + 7),
        Provider = row.GetString(first + 8),
        Flavour = row.GetString(first + 9),
        Scope = (Scope)row.GetInt16(first + 10),
        Options = CellExtra.ReadOptions(extra),
        Clocks = CellExtra.ReadClocks(extra),
        Concurrency = CellExtra.ReadConcurrency(extra),
        Sentinel = CellExtra.ReadSentinel(extra),
    };
}
