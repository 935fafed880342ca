using System.Reflection;
using Fleetmark.Documents;
using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Zoo;

/// <summary>
/// The models known by name: the built-in definitions, and those of a folder the caller names (<c>FLEETMARK_HOME/models</c>). Names are
/// found without regard to case. A definition is one file; no list of names stands anywhere in the code.
/// </summary>
public sealed class ModelZoo
{
    private const string ResourcePrefix = "Zoo/";

    private static readonly Lazy<ModelZoo> Embedded = new(() => new ModelZoo(ReadEmbedded(), [], []));

    private readonly Dictionary<string, ModelDefinition> _byName;
    private readonly HashSet<string> _builtIn;

    private ModelZoo(IEnumerable<ModelDefinition> builtIn, IEnumerable<ModelDefinition> added, IReadOnlyList<Problem> problems)
    {
        _byName = builtIn.ToDictionary(d => d.Name, StringComparer.OrdinalIgnoreCase);
        _builtIn = new HashSet<string>(_byName.Keys, StringComparer.OrdinalIgnoreCase);
        foreach (ModelDefinition definition in added) _byName.Add(definition.Name, definition);
        Problems = problems;
    }

    /// <summary>The built-in models alone.</summary>
    public static ModelZoo BuiltIn => Embedded.Value;

    /// <summary>Every definition, by name.</summary>
    public IReadOnlyList<ModelDefinition> Definitions => [.. _byName.Values.OrderBy(d => d.Name, StringComparer.Ordinal)];

    /// <summary>What is wrong with files of the folder; such files are left out.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>The built-in models and those of <paramref name="folder"/>: its <c>*.yaml</c> files, not its subfolders'. A missing folder is an empty one.</summary>
    public static ModelZoo WithFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) return BuiltIn;
        var added = new Dictionary<string, ModelDefinition>(StringComparer.OrdinalIgnoreCase);
        var problems = new List<Problem>();
        foreach (string path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            try
            {
                ModelDefinition definition = ModelDefinition.ReadFile(path);
                if (BuiltIn.IsBuiltIn(definition.Name)) problems.Add(Shadows(definition.Name, path));
                else if (!added.TryAdd(definition.Name, definition))
                    problems.Add(new Problem("duplicate-model", path, $"model '{definition.Name}' is also defined in {added[definition.Name].File}", "keep one"));
            }
            catch (ProblemException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        return new ModelZoo(BuiltIn.Definitions, added.Values, problems);
    }

    /// <summary>Whether a name, case ignored, belongs to a built-in model.</summary>
    public bool IsBuiltIn(string name) => _builtIn.Contains(name);

    /// <summary>The definition of a name, case ignored, or null.</summary>
    public ModelDefinition? TryFind(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The definition of a name, case ignored.</summary>
    /// <param name="name">The name as a person wrote it.</param>
    /// <param name="where">The place it was written at, for the message.</param>
    /// <exception cref="ProblemException">No such model; the problem names the nearest one, and files of the folder that could not be read.</exception>
    public ModelDefinition Find(string name, string where)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (TryFind(name) is { } definition) return definition;
        var unknown = new Problem("unknown-model", where, $"model '{name}' is not known", Suggestion.Remedy(name, [.. Definitions.Select(d => d.Name)]));
        throw new ProblemException([unknown, .. Problems]);
    }

    /// <summary>Reads the definition file a plan names for a model of its own.</summary>
    /// <param name="name">The name the plan gives.</param>
    /// <param name="path">The file; the caller has resolved it against the plan's folder.</param>
    /// <param name="where">The place in the plan, for the message.</param>
    /// <exception cref="ProblemException">The file is wrong, is called otherwise, or takes a built-in model's name.</exception>
    public ModelDefinition ReadLocal(string name, string path, string where)
    {
        if (IsBuiltIn(name)) throw new ProblemException(Shadows(name, where));
        ModelDefinition definition = ModelDefinition.ReadFile(path);
        if (!string.Equals(definition.Name, name, StringComparison.Ordinal))
            throw new ProblemException(new Problem("model-name", where, $"model '{name}' is called '{definition.Name}' in {path}", "give both the same name"));
        return definition;
    }

    private static Problem Shadows(string name, string where) =>
        new("shadows-built-in", where, $"a definition may not take the name of the built-in model '{BuiltIn.TryFind(name)!.Name}'", "rename it");

    private static IEnumerable<ModelDefinition> ReadEmbedded()
    {
        Assembly assembly = typeof(ModelZoo).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return ModelDefinition.Read(reader.ReadToEnd(), resource);
        }
    }
}
