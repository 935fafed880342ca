using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Inspection;

/// <summary>
/// The runtime's own profile of one run, read as the graph that ran: one event per node with operator, provider and types. It tells what happened behind every optimisation
/// and on every provider, also that Casts were put around nodes a provider has no FP16 kernels for.
/// </summary>
internal static class GraphProfile
{
    private const string KernelEnding = "_kernel_time";

    /// <summary>Its nodes are engines, named after the graph they were made of; what is inside nobody tells.</summary>
    private const string EngineProvider = "TensorrtExecutionProvider";

    /// <summary>Parts of the names of operators that carry the arithmetic of a network, alone or fused with others.</summary>
    private static readonly string[] Arithmetic = ["Conv", "Gemm", "MatMul", "Attention"];

    /// <summary>The graph of a profile.</summary>
    /// <param name="profile">A JSON list of events.</param>
    /// <exception cref="JsonException">The profile is no such list.</exception>
    internal static GraphReport Read(Stream profile)
    {
        using JsonDocument document = JsonDocument.Parse(profile);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ops = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var providers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var types = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            string name = TextOf(entry, "name");
            if (TextOf(entry, "cat") != "Node" || !name.EndsWith(KernelEnding, StringComparison.Ordinal) || !entry.TryGetProperty("args", out JsonElement facts)) continue;
            // A node inside a loop runs many times and is one node.
            if (!seen.Add($"{TextOf(facts, "node_index")} {name}")) continue;
            string op = TextOf(facts, "op_name"), provider = TextOf(facts, "provider");
            string[] inputs = TypesOf(facts);
            Count(ops, op);
            Count(providers, provider);
            if (inputs.Length > 0 && provider != EngineProvider && Arithmetic.Any(part => op.Contains(part, StringComparison.Ordinal))) Count(types, inputs[0]);
            text.Append(name[..^KernelEnding.Length]).Append(' ').Append(op).Append(' ').Append(provider).Append(' ').AppendJoin(',', inputs).Append('\n');
        }

        return new GraphReport
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))),
            Ops = ops,
            NodesByProvider = providers,
            InputTypes = types,
        };
    }

    /// <summary>Types of a node's inputs: <c>[{"float":[1,3]},{"float16":[4]}]</c>.</summary>
    private static string[] TypesOf(JsonElement facts) =>
        facts.TryGetProperty("input_type_shape", out JsonElement inputs) && inputs.ValueKind == JsonValueKind.Array
            ? [.. inputs.EnumerateArray().SelectMany(input => input.EnumerateObject().Take(1)).Select(type => type.Name)]
            : [];

    private static string TextOf(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    private static void Count(SortedDictionary<string, int> counts, string word) => counts[word] = counts.GetValueOrDefault(word) + 1;
}
