using Fleetmark.Documents;

namespace Fleetmark.Contracts.Plans;

/// <summary>Reads a list whose values may occur once each.</summary>
internal static class UniqueList
{
    /// <summary>The values; null when one of them, or the list, had a problem. An empty list and a value given twice are problems.</summary>
    /// <param name="reader">The mapping.</param>
    /// <param name="key">Key of the list.</param>
    /// <param name="absent">Values of a key that is absent; null when the key is required.</param>
    /// <param name="read">Reads one value, or reports its problem and returns null.</param>
    /// <param name="identity">What must differ between two values, case ignored.</param>
    internal static IReadOnlyList<Placed<T>>? Read<T>(
        MappingReader reader, string key, IReadOnlyList<T>? absent, Func<DocumentNode, Placed<T>?> read, Func<T, string> identity)
    {
        if (reader.EmptyAt(key) is { } nothing)
        {
            ReportEmpty(reader, key, nothing);
            return null;
        }

        if (reader.Node(key, required: absent is null) is not { } list) return absent is null ? null : [.. absent.Select(v => new Placed<T>(v, reader.At))];
        if (reader.Items(key) is not { } nodes) return null;
        if (nodes.Count == 0) ReportEmpty(reader, key, list.At);
        var values = new List<Placed<T>>(nodes.Count);
        var first = new Dictionary<string, Location>(StringComparer.OrdinalIgnoreCase);
        foreach (DocumentNode node in nodes)
        {
            if (read(node) is not { } value) continue;
            string name = identity(value.Value);
            if (first.TryAdd(name, value.At)) values.Add(value);
            else reader.Report("duplicate-value", value.At, $"{key}: '{name}' is given twice, first at {first[name]}", "keep one");
        }

        return values.Count == nodes.Count && nodes.Count > 0 ? values : null;
    }

    /// <summary>The problem of a list without values: it would mean either nothing or the default, and nobody could tell which.</summary>
    internal static void ReportEmpty(MappingReader reader, string key, Location at) => reader.Report("empty-list", at, $"'{key}' is an empty list", "write at least one value");
}
