using System.Text.Json;
using System.Text.Json.Nodes;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Cells;

/// <summary>
/// Column <c>extra</c> of a cell: what differs from the default. <c>options</c> of the provider by name; <c>clocks</c>, the policy of a GPU; <c>concurrency</c> of a throughput
/// cell; <c>sentinel</c> (its label) and <c>device</c> of an A/A sentinel.
/// </summary>
internal static class CellExtra
{
    private const string Options = "options";
    private const string Clocks = "clocks";
    private const string Concurrency = "concurrency";
    private const string Sentinel = "sentinel";
    private const string Device = "device";

    /// <summary>The column of a cell; empty for most.</summary>
    public static JsonObject Of(Cell cell)
    {
        var extra = new JsonObject();
        if (cell.Options.Count > 0) extra[Options] = new JsonObject(cell.Options.Select(o => KeyValuePair.Create(o.Key, (JsonNode?)o.Value)));
        if (!cell.Clocks.IsFree) extra[Clocks] = cell.Clocks.ToString();
        if (cell.Concurrency is { } concurrency) extra[Concurrency] = concurrency;
        if (cell.Sentinel is not { } sentinel) return extra;
        extra[Sentinel] = sentinel.Label;
        extra[Device] = sentinel.Device;
        return extra;
    }

    /// <summary>The provider options of a column, in ordinal order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ReadOptions(JsonElement extra) => !extra.TryGetProperty(Options, out JsonElement options)
        ? []
        : [.. options.EnumerateObject().Select(o => KeyValuePair.Create(o.Name, o.Value.GetString()!)).OrderBy(o => o.Key, StringComparer.Ordinal)];

    /// <summary>The clock policy of a column.</summary>
    /// <exception cref="InvalidDataException">A version that knows more policies stored it.</exception>
    public static ClockPolicy ReadClocks(JsonElement extra) => !extra.TryGetProperty(Clocks, out JsonElement clocks) ? ClockPolicy.Free
        : ClockPolicy.Parse(clocks.GetString()!) ?? throw new InvalidDataException($"the clock policy '{clocks.GetString()}' of a stored cell is not known to this version");

    /// <summary>The concurrent loops of a column; null for a latency cell.</summary>
    public static int? ReadConcurrency(JsonElement extra) => extra.TryGetProperty(Concurrency, out JsonElement concurrency) ? concurrency.GetInt32() : null;

    /// <summary>What makes the cell of a column a sentinel; null when it is none.</summary>
    public static SentinelMark? ReadSentinel(JsonElement extra) => extra.TryGetProperty(Sentinel, out JsonElement label)
        ? new SentinelMark { Label = label.GetString()!, Device = extra.GetProperty(Device).GetString()! }
        : null;
}
