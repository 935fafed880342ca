using System.Globalization;

namespace Fleetmark.Documents;

/// <summary>
/// Reads the keys of one mapping. Every wrong value becomes a problem at its place and the default is returned, so that one pass finds all
/// problems; <see cref="Finish"/> reports the keys nobody asked for, with the nearest known one.
/// </summary>
public sealed class MappingReader(MappingNode mapping, ICollection<Problem> problems)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Problem> _missing = new(StringComparer.Ordinal);

    /// <summary>What the mapping describes, put before every problem, such as <c>node 'conv1'</c>; empty when the place says enough.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Where the mapping starts.</summary>
    public Location At => mapping.At;

    /// <summary>A reader for a node that must be a mapping; null and a problem when it is something else.</summary>
    public static MappingReader? Over(DocumentNode node, string what, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(problems);
        if (node is MappingNode mapping) return new MappingReader(mapping, problems);
        problems.Add(new Problem("not-a-mapping", node.At.ToString(), $"{what} must be a mapping (key: value)"));
        return null;
    }

    /// <summary>The value of a key, or null when it is absent or null; a missing required key is a problem.</summary>
    public DocumentNode? Node(string key, bool required = false)
    {
        _known.Add(key);
        MappingEntry? entry = mapping.Entries.FirstOrDefault(e => e.Key == key);
        if (entry is { Value: not ScalarNode { IsNull: true } }) return entry.Value;
        if (required) problems.Add(_missing[key] = About("missing-key", mapping.At, $"'{key}' is missing", ""));
        return null;
    }

    /// <summary>Where a key stands that has nothing behind it; null when it is absent or has a value.</summary>
    public Location? EmptyAt(string key)
    {
        _known.Add(key);
        return mapping.Entries.FirstOrDefault(e => e.Key == key) is { Value: ScalarNode { IsNull: true } } entry ? entry.KeyAt : null;
    }

    /// <summary>A text value.</summary>
    public string? Text(string key, bool required = false) => Node(key, required) switch
    {
        null => null,
        ScalarNode scalar => scalar.Text,
        { } other => Wrong<string>(key, other, "a text"),
    };

    /// <summary>A whole number between <paramref name="low"/> and <paramref name="high"/>.</summary>
    public long? Integer(string key, long low, long high, bool required = false)
    {
        DocumentNode? node = Node(key, required);
        return node is null ? null : Integer(node, key, low, high);
    }

    /// <summary>A whole number out of any node; null and a problem when it is none or outside the range.</summary>
    public long? Integer(DocumentNode node, string key, long low, long high)
    {
        if (node is ScalarNode { Quoted: false } scalar
            && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= low && value <= high)
            return value;
        Wrong<string>(key, node, $"a whole number from {low} to {high}");
        return null;
    }

    /// <summary>A finite number.</summary>
    public double? Number(string key, bool required = false)
    {
        DocumentNode? node = Node(key, required);
        if (node is null) return null;
        if (node is ScalarNode { Quoted: false } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
            return value;
        Wrong<string>(key, node, "a number");
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string key, bool required = false)
    {
        DocumentNode? node = Node(key, required);
        if (node is null) return null;
        if (node is ScalarNode { Quoted: false, Text: "true" or "false" } scalar) return scalar.Text == "true";
        Wrong<string>(key, node, "true or false");
        return null;
    }

    /// <summary>A sequence's items; null when the key is absent, a problem when it is no sequence.</summary>
    public IReadOnlyList<DocumentNode>? Items(string key, bool required = false) => Node(key, required) switch
    {
        null => null,
        SequenceNode sequence => sequence.Items,
        { } other => Wrong<IReadOnlyList<DocumentNode>>(key, other, "a list: [a, b]"),
    };

    /// <summary>One of a closed list of words, case ignored.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> words, bool required = false) where T : struct
    {
        DocumentNode? node = Node(key, required);
        return node is null ? null : Choice(node, key, words);
    }

    /// <summary>One of a closed list of words out of any node.</summary>
    public T? Choice<T>(DocumentNode node, string key, IReadOnlyDictionary<string, T> words) where T : struct
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(words);
        if (node is not ScalarNode scalar) return Wrong<T?>(key, node, $"one of {string.Join(", ", words.Keys)}");
        foreach ((string word, T value) in words)
            if (string.Equals(word, scalar.Text, StringComparison.OrdinalIgnoreCase)) return value;
        Report("unknown-value", node.At, $"{key}: '{scalar.Text}' is not known", Suggestion.Remedy(scalar.Text, [.. words.Keys]));
        return null;
    }

    /// <summary>Reports a problem at a place of this document.</summary>
    public void Report(string code, Location at, string what, string remedy) => problems.Add(About(code, at, what, remedy));

    /// <summary>Reports every key that no call asked for. A mistyped key that is missed elsewhere is one mistake: it is told where it stands.</summary>
    public void Finish()
    {
        foreach (MappingEntry entry in mapping.Entries.Where(e => !_known.Contains(e.Key)))
        {
            Report("unknown-key", entry.KeyAt, $"unknown key '{entry.Key}'", Suggestion.Remedy(entry.Key, [.. _known]));
            if (Suggestion.Nearest(entry.Key, _known) is { } meant && _missing.Remove(meant, out Problem? missed)) problems.Remove(missed);
        }
    }

    private Problem About(string code, Location at, string what, string remedy) => new(code, at.ToString(), Subject.Length == 0 ? what : $"{Subject}: {what}", remedy);

    private T? Wrong<T>(string key, DocumentNode node, string expected)
    {
        string found = node switch { ScalarNode s => $"'{s.Text}'", SequenceNode => "a list", _ => "a mapping" };
        Report("wrong-value", node.At, $"{key}: expected {expected}, found {found}", "");
        return default;
    }
}
