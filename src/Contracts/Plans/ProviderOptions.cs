using System.Text.RegularExpressions;
using Fleetmark.Documents;

namespace Fleetmark.Contracts.Plans;

/// <summary>
/// Reads the provider options of a plan: scalars by name. A plan comes from outside and runs on somebody's machine, so it can name no file, library or program; whether
/// a runtime knows an option is checked against the runtime's own list.
/// </summary>
internal static partial class ProviderOptions
{
    private const int MaximumValueLength = 256;

    /// <summary>Words of an option's name that make its value a place on the agent's disk or something to execute.</summary>
    private static readonly HashSet<string> RefusedWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "path", "paths", "filepath", "file", "files", "filename", "dir", "dirs", "directory", "folder",
        "lib", "libs", "library", "libraries", "plugin", "plugins", "executable", "exe", "command", "cmd", "script", "arguments", "args", "env", "environment",
    };

    private static readonly string[] RefusedEndings = [".so", ".dll", ".dylib", ".exe", ".sh", ".bat", ".cmd", ".ps1", ".py"];

    internal static IReadOnlyDictionary<string, string> Read(MappingReader latency)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (latency.Node("options") is not { } node) return options;
        if (node is not MappingNode mapping)
        {
            latency.Report("not-a-mapping", node.At, "options must be a mapping (name: value)", "");
            return options;
        }

        foreach (MappingEntry entry in mapping.Entries)
            if (IsUsable(latency, entry) && PlanNames.Scalar(latency, entry.Value, $"options.{entry.Key}", "a text or a number") is { } value && IsHarmless(latency, entry, value.Value))
                options.Add(entry.Key, value.Value);
        return options;
    }

    private static bool IsUsable(MappingReader latency, MappingEntry entry)
    {
        if (!NameShape().IsMatch(entry.Key))
        {
            latency.Report("name-shape", entry.KeyAt, $"options: '{entry.Key}' cannot be the name of an option", "use letters, digits, '_' and '.', at most 64");
            return false;
        }

        if (!Words().Matches(entry.Key).Any(word => RefusedWords.Contains(word.Value))) return true;
        latency.Report("option-refused", entry.KeyAt, $"options: '{entry.Key}' names a file, a library or a program, which a plan never carries", "remove it");
        return false;
    }

    private static bool IsHarmless(MappingReader latency, MappingEntry entry, string value)
    {
        if (value.Length > MaximumValueLength || value.Any(char.IsControl))
        {
            latency.Report("wrong-value", entry.Value.At, $"options.{entry.Key}: expected one line of at most {MaximumValueLength} characters", "");
            return false;
        }

        bool isPath = value.AsSpan().IndexOfAny('/', '\\') >= 0 || value.StartsWith('~') || RefusedEndings.Any(e => value.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        if (!isPath) return true;
        latency.Report("option-refused", entry.Value.At, $"options.{entry.Key}: '{value}' is a path, which a plan never carries", "remove it");
        return false;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_.]{0,63}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameShape();

    /// <summary>Words of snake_case, dotted and camelCase names.</summary>
    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}
