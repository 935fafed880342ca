using System.Text.RegularExpressions;
using Fleetmark.Documents;

namespace Fleetmark.Contracts.Plans;

/// <summary>The shapes of names in a plan. Names become parts of addresses, file names and rows, so they are short and plain.</summary>
internal static partial class PlanNames
{
    private const int MatchTimeoutMilliseconds = 1000;

    /// <summary>Endings that an address reads as a format.</summary>
    private static readonly string[] FormatSuffixes = [".json", ".csv", ".md", ".tex", ".svg", ".html"];

    /// <summary>A name of a plan, a model or a set of published values.</summary>
    internal static Placed<string>? Name(MappingReader reader, DocumentNode node, string key)
    {
        if (Scalar(reader, node, key, "a name") is not { } name) return null;
        if (!NameShape().IsMatch(name.Value))
        {
            reader.Report("name-shape", node.At, $"{key}: '{name.Value}' cannot be a name",
                "use 1 to 64 letters, digits, '.', '_' and '-', starting with a letter or a digit");
            return null;
        }

        if (FormatSuffixes.FirstOrDefault(s => name.Value.EndsWith(s, StringComparison.OrdinalIgnoreCase)) is not { } suffix) return name;
        reader.Report("name-shape", node.At, $"{key}: '{name.Value}' ends in '{suffix}', which an address reads as a format", "choose another name");
        return null;
    }

    /// <summary>A device word: a class slug or its leading words.</summary>
    internal static Placed<string>? Device(MappingReader reader, DocumentNode node, string key) => Shaped(reader, node, key, "a device class", DeviceShape(),
        "use lower-case letters, digits, '.' and '-', at most 64, such as 't4' or 'cpu'");

    /// <summary>A runtime flavour or the configured name of a foreign runtime; never an executable.</summary>
    internal static Placed<string>? Runtime(MappingReader reader, DocumentNode node, string key)
    {
        if (node is not ScalarNode { Text: var text } || text.AsSpan().IndexOfAny('/', '\\') < 0)
            return Shaped(reader, node, key, "a runtime", RuntimeShape(), "use lower-case letters, digits, '.' and '-', at most 32, such as 'ort131-cpu'");
        reader.Report("executable-refused", node.At, $"{key}: '{text}' is a path; a plan never carries an executable", "name a runtime that the agent's configuration knows");
        return null;
    }

    /// <summary>A table layout.</summary>
    internal static Placed<string>? Layout(MappingReader reader, DocumentNode node, string key) => Shaped(reader, node, key, "a layout", LayoutShape(),
        "use lower-case letters, digits and '-', at most 64, such as 'model-page'");

    /// <summary>The text of a node that must be a scalar with a value.</summary>
    internal static Placed<string>? Scalar(MappingReader reader, DocumentNode node, string key, string expected)
    {
        if (node is ScalarNode { IsNull: false } scalar) return new Placed<string>(scalar.Text, scalar.At);
        string found = node switch { ScalarNode => "nothing", SequenceNode => "a list", _ => "a mapping" };
        reader.Report("wrong-value", node.At, $"{key}: expected {expected}, found {found}", "");
        return null;
    }

    /// <summary>The text of a node that must match a pattern; a match in lower case is suggested.</summary>
    private static Placed<string>? Shaped(MappingReader reader, DocumentNode node, string key, string what, Regex shape, string rule)
    {
        if (Scalar(reader, node, key, $"the name of {what}") is not { } text) return null;
        if (shape.IsMatch(text.Value)) return text;
        string lower = text.Value.ToLowerInvariant();
        reader.Report("name-shape", node.At, $"{key}: '{text.Value}' cannot be the name of {what}", shape.IsMatch(lower) ? $"did you mean '{lower}'?" : rule);
        return null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, MatchTimeoutMilliseconds)]
    private static partial Regex NameShape();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{0,63}\z", RegexOptions.CultureInvariant, MatchTimeoutMilliseconds)]
    private static partial Regex DeviceShape();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{0,31}\z", RegexOptions.CultureInvariant, MatchTimeoutMilliseconds)]
    private static partial Regex RuntimeShape();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant, MatchTimeoutMilliseconds)]
    private static partial Regex LayoutShape();
}
