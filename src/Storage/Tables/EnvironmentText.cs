using System.Text.Json;

namespace Fleetmark.Storage.Tables;

/// <summary>The facts of an environment that stand under a table, out of its stored detail.</summary>
internal static class EnvironmentText
{
    /// <summary>Keys of the detail and the words before their values, in the order of printing.</summary>
    private static readonly (string Key, string Word)[] Printed =
        [("threads", "threads"), ("kernel", "kernel"), ("governor", "governor"), ("clockSource", "clock"), ("clockPolicy", "clocks"), ("lockedSmClockMhz", "SM clock in MHz"), ("dotnet", ".NET")];

    /// <summary>Those facts the detail has.</summary>
    public static IReadOnlyList<string> Facts(string detail)
    {
        using var json = JsonDocument.Parse(detail);
        return [.. Printed.Select(p => (p.Word, Value: Find(json.RootElement, p.Key))).Where(p => p.Value is not null).Select(p => $"{p.Word} {p.Value}")];
    }

    /// <summary>The first scalar of that name at any depth.</summary>
    private static string? Find(JsonElement element, string key)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.NameEquals(key) && property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number) return property.Value.ToString();
            if (Find(property.Value, key) is { } deeper) return deeper;
        }

        return null;
    }
}
