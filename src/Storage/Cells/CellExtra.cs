using System.Text.Json;
using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Cells;

/// <summary>Column <c>extra</c> of a cell: what differs from the default, by kind; so far <c>options</c>.</summary>
internal static class CellExtra
{
    private const string Options = "options";

    /// <summary>The column of a cell; empty for most.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Of(Cell cell) => cell.Options.Count == 0
        ? new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
        : new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
        {
            [Options] = cell.Options.ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal),
        };

    /// <summary>The provider options of a column, in ordinal order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ReadOptions(string extra)
    {
        var kinds = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(extra);
        return kinds is not null && kinds.TryGetValue(Options, out Dictionary<string, string>? options) ? [.. options.OrderBy(o => o.Key, StringComparer.Ordinal)] : [];
    }
}
