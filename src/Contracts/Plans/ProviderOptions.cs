using System.Text.RegularExpressions;
using Fleetmark.Documents;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Providers;

namespace Fleetmark.Contracts.Plans;

/// <summary>
/// The provider options of a plan: scalars by name. A plan comes from outside and runs on somebody's machine, so it can name no file, library or program. What our own
/// runtimes know is checked while reading; a foreign runtime knows its own.
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

    /// <summary>Those a cell has: of our own runtimes what its provider knows, so that a plan for several devices can tune one of them; of a foreign one all.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Of(string flavour, string provider, IReadOnlyDictionary<string, string> options) =>
    [
        .. options.Where(option => !RuntimeFlavours.All.Contains(flavour) || KnownProviders.Find(provider, option.Key) is not null).OrderBy(option => option.Key, StringComparer.Ordinal),
    ];

    /// <summary>Reads them.</summary>
    /// <param name="latency">The section.</param>
    /// <param name="scope">What its samples cover.</param>
    /// <param name="providers">The providers it lists; empty = the devices' own.</param>
    /// <param name="runtimes">The runtimes it lists; empty = the devices' own.</param>
    internal static IReadOnlyDictionary<string, string> Read(MappingReader latency, Scope scope, IReadOnlyList<string> providers, IReadOnlyList<string> runtimes)
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
        if (runtimes.All(RuntimeFlavours.All.Contains)) Check(latency, mapping, options, scope, providers.Count > 0 ? providers : KnownProviders.Names);
        return options;
    }

    /// <summary>What no provider of the plan knows is a mistake; so is a value that none of them could have.</summary>
    private static void Check(MappingReader latency, MappingNode mapping, SortedDictionary<string, string> options, Scope scope, IReadOnlyList<string> providers)
    {
        string[] known = [.. providers.SelectMany(KnownProviders.OptionsOf).Select(option => option.Name).Distinct(StringComparer.Ordinal)];
        foreach (MappingEntry entry in mapping.Entries.Where(entry => options.ContainsKey(entry.Key)))
        {
            string value = options[entry.Key];
            ProviderOption? option = providers.Select(provider => KnownProviders.Find(provider, entry.Key)).FirstOrDefault(found => found is not null);
            if (option is null)
                latency.Report("unknown-option", entry.KeyAt, $"options: {string.Join(", ", providers)} {(providers.Count == 1 ? "has" : "have")} no option '{entry.Key}'", Suggestion.Remedy(entry.Key, known));
            else if (!option.Allows(value))
                latency.Report("wrong-value", entry.Value.At, $"options.{entry.Key}: '{value}' is not possible; it {option.Rule}", "");
            else if (scope != Scope.Device && option.NeedsDeviceScope(value))
                latency.Report("wrong-value", entry.Value.At, $"options.{entry.Key}: a graph replays fixed device buffers, which only the scope 'device' has", "set `scope: device`, or leave the option out");
        }
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
