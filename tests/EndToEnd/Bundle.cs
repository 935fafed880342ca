using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fleetmark.EndToEnd;

/// <summary>A <c>results.jsonl</c>, read by somebody who did not write it.</summary>
internal sealed class Bundle
{
    private readonly IReadOnlyList<JsonElement> _lines;

    private Bundle(IReadOnlyList<JsonElement> lines) => _lines = lines;

    internal IEnumerable<JsonElement> Cells => OfType("cell");

    internal IEnumerable<JsonElement> Launches => OfType("launch");

    /// <summary>Launches whose result counts, by job: start by the agent's clock.</summary>
    internal Dictionary<long, string> Accepted => Launches.Where(l => l.GetProperty("outcome").GetString() == "ok")
        .ToDictionary(l => l.GetProperty("job").GetInt64(), l => l.GetProperty("agentStartedAt").GetString()!);

    internal static Bundle Read(string path)
    {
        string text = File.ReadAllText(path);
        string[] lines = text.TrimEnd('\n').Split('\n');
        JsonElement manifest = JsonDocument.Parse(lines[^1]).RootElement;
        byte[] before = Encoding.UTF8.GetBytes(text[..text.LastIndexOf("{\"type\":\"manifest\"", StringComparison.Ordinal)]);
        Assert.Equal(lines.Length - 1, manifest.GetProperty("lines").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(before)), manifest.GetProperty("sha256").GetString());
        return new Bundle([.. lines.Select(l => JsonDocument.Parse(l).RootElement)]);
    }

    private IEnumerable<JsonElement> OfType(string type) => _lines.Where(l => l.GetProperty("type").GetString() == type);
}
