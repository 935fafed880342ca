using System.Collections.Frozen;
using System.Reflection;
using Fleetmark.Documents;

namespace Fleetmark.Reporting.Layouts;

/// <summary>The layouts that ship with the product. Each is a YAML file beside this class; see <c>docs/tables.md</c>.</summary>
public static class TableLayouts
{
    /// <summary>The layout of a plan that names none.</summary>
    public const string Default = "wide";

    private static readonly FrozenDictionary<string, Layout> Presets = ReadPresets();

    /// <summary>Names of all layouts, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Presets.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What is wrong with a layout name; null when it is one.</summary>
    /// <param name="name">The name as somebody wrote it.</param>
    /// <param name="where">Where, for the message: <c>file:line:column</c> or an option.</param>
    public static Problem? Check(string name, string where)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Presets.ContainsKey(name) ? null : new Problem("unknown-layout", where, $"no layout is named '{name}'", Suggestion.Remedy(name, Names));
    }

    /// <summary>The layout of a name.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    internal static Layout Find(string name) => Check(name, "layout") is { } problem ? throw new ProblemException(problem) : Presets[name];

    private static FrozenDictionary<string, Layout> ReadPresets()
    {
        Assembly assembly = typeof(TableLayouts).Assembly;
        var presets = new Dictionary<string, Layout>(StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("layouts/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            Layout layout = LayoutReader.Read(reader.ReadToEnd(), resource);
            presets.Add(layout.Name, layout);
        }

        return presets.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
