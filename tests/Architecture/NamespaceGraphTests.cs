using System.Text.RegularExpressions;

namespace Fleetmark.Architecture;

public sealed partial class NamespaceGraphTests
{
    public static TheoryData<string> Projects =>
        [.. Repository.Files("src", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_of_a_project_point_in_one_direction(string project)
    {
        (string Path, string Text)[] files = [.. Repository.Files($"src/{project}", "*.cs").Select(f => (Repository.Relative(f), File.ReadAllText(f)))];
        Assert.Empty(Knots(Graph(files)));
    }

    [Theory]
    [InlineData("using Fleetmark.P.B;", "using Fleetmark.P.A;")]
    [InlineData("using Fleetmark.P.C;", "using static Fleetmark.P.A.TypeA;")]
    [InlineData("using Alias = Fleetmark.P.B.TypeB;", "object o = new Fleetmark.P.A.TypeA();")]
    public void Namespaces_that_need_each_other_are_a_knot(string inA, string inB)
    {
        (string, string)[] files = [("src/P/A/TypeA.cs", inA), ("src/P/B/TypeB.cs", inB), ("src/P/C/TypeC.cs", "using Fleetmark.P.B;")];
        Assert.Contains("Fleetmark.P.A ↔ Fleetmark.P.B", Knots(Graph(files)));
    }

    [Fact]
    public void One_direction_and_what_comments_say_are_no_knot() =>
        Assert.Empty(Knots(Graph([("src/P/Program.cs", "using Fleetmark.P.A;"), ("src/P/A/TypeA.cs", "// see Fleetmark.P.B"), ("src/P/B/TypeB.cs", "using Fleetmark.P.A;")])));

    /// <summary>
    /// For each namespace the others of the project that its files name; a file's namespace is its folder. A project's root is seen everywhere without being named, and
    /// holds what starts the program and what all of it shares: it may name any other.
    /// </summary>
    private static Dictionary<string, HashSet<string>> Graph(IReadOnlyCollection<(string Path, string Text)> files)
    {
        string[] all = [.. files.Select(f => NamespaceOf(f.Path)).Distinct()];
        Dictionary<string, HashSet<string>> graph = all.ToDictionary(name => name, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach ((string path, string text) in files)
        {
            string from = NamespaceOf(path);
            IEnumerable<string> named = QualifiedName().Matches(Comment().Replace(text, "")).Select(m => Longest(all, m.Value)).OfType<string>();
            graph[from].UnionWith(named.Where(to => to != from));
        }

        return graph;
    }

    /// <summary>The pairs of namespaces that reach each other.</summary>
    private static IEnumerable<string> Knots(Dictionary<string, HashSet<string>> graph)
    {
        Dictionary<string, HashSet<string>> reached = graph.Keys.ToDictionary(from => from, from => Reach(graph, from), StringComparer.Ordinal);
        return
            from a in graph.Keys
            from b in reached[a]
            where string.CompareOrdinal(a, b) < 0 && reached[b].Contains(a)
            select $"{a} ↔ {b}";
    }

    private static HashSet<string> Reach(Dictionary<string, HashSet<string>> graph, string from)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(graph[from]);
        while (open.TryPop(out string? next))
            if (seen.Add(next))
                foreach (string further in graph[next]) open.Push(further);
        return seen;
    }

    private static string NamespaceOf(string path) => string.Join('.', Path.GetDirectoryName(path)!.Split('/').Skip(1).Prepend("Fleetmark"));

    /// <summary>A qualified name may go on with a type: the longest namespace it begins with is meant.</summary>
    private static string? Longest(string[] namespaces, string name) =>
        namespaces.Where(n => name == n || name.StartsWith($"{n}.", StringComparison.Ordinal)).MaxBy(n => n.Length);

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<!namespace )\bFleetmark(\.\w+)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QualifiedName();
}
