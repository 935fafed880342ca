using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>The part of JSON Schema our schema uses; a keyword it does not know is an error, so that nothing is skipped silently.</summary>
internal sealed class JsonSchema(JsonElement schema)
{
    /// <summary>What only some documents have: a coordinate of throughput columns.</summary>
    private static readonly string[] Optional = ["concurrency"];

    private static readonly string[] Prose = ["$schema", "$id", "$defs", "title", "description", "required", "properties", "additionalProperties"];

    /// <summary>What is wrong, each with its path; empty when the document is valid.</summary>
    internal IReadOnlyList<string> Check(JsonElement document)
    {
        var errors = new List<string>();
        Check(schema, document, "$", errors);
        return errors;
    }

    private void Check(JsonElement rule, JsonElement value, string path, List<string> errors)
    {
        foreach (JsonProperty keyword in rule.EnumerateObject().Where(k => !Prose.Contains(k.Name)))
        {
            bool holds = keyword.Name switch
            {
                "$ref" => Follow(keyword.Value.GetString()!, value, path, errors),
                "const" => JsonElement.DeepEquals(keyword.Value, value),
                "enum" => keyword.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)),
                "type" => keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Any(t => Is(value, t.GetString()!)) : Is(value, keyword.Value.GetString()!),
                "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)),
                "items" => Items(keyword.Value, value, path, errors),
                _ => throw new NotSupportedException(keyword.Name),
            };
            if (!holds) errors.Add($"{path}: {keyword.Name} {keyword.Value.GetRawText()}");
        }

        if (rule.TryGetProperty("properties", out JsonElement properties) && value.ValueKind == JsonValueKind.Object) Members(rule, properties, value, path, errors);
    }

    private bool Follow(string reference, JsonElement value, string path, List<string> errors)
    {
        Check(schema.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]), value, path, errors);
        return true;
    }

    private bool Items(JsonElement rule, JsonElement value, string path, List<string> errors)
    {
        int index = 0;
        if (value.ValueKind == JsonValueKind.Array)
            foreach (JsonElement item in value.EnumerateArray()) Check(rule, item, $"{path}[{index++}]", errors);
        return true;
    }

    /// <summary>All members that are required, none unknown, and in the order of the schema: the order of keys is part of the format.</summary>
    private void Members(JsonElement rule, JsonElement properties, JsonElement value, string path, List<string> errors)
    {
        string[] known = [.. properties.EnumerateObject().Select(p => p.Name)];
        string[] found = [.. value.EnumerateObject().Select(p => p.Name)];
        string[] optional = [.. known.Except(rule.GetProperty("required").EnumerateArray().Select(r => r.GetString()!), StringComparer.Ordinal)];
        if (optional.Except(Optional, StringComparer.Ordinal).Any()) errors.Add($"{path}: the schema leaves members optional");
        if (!known.Where(name => !optional.Contains(name) || found.Contains(name)).SequenceEqual(found)) errors.Add($"{path}: members {string.Join(", ", found)} instead of {string.Join(", ", known)}");
        foreach (JsonProperty member in value.EnumerateObject())
            if (properties.TryGetProperty(member.Name, out JsonElement child)) Check(child, member.Value, $"{path}.{member.Name}", errors);
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException(type),
    };
}
