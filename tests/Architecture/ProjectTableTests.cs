using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fleetmark.Architecture;

public sealed partial class ProjectTableTests
{
    private static readonly Dictionary<string, string[]> Table = RowOfTable()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md")))
        .ToDictionary(m => m.Groups["project"].Value, m => Names(m.Groups["references"].Value), StringComparer.Ordinal);

    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_table_of_projects_says_what_each_one_references(string project)
    {
        Assert.True(Table.TryGetValue(project, out string[]? told), $"ARCHITECTURE.md has no row for src/{project}");
        string[] real = [.. References(project).Order(StringComparer.Ordinal)];
        if (told is ["all"]) told = [.. Table.Keys.Where(p => p != project && p != "Worker").Order(StringComparer.Ordinal)]; // a worker is started, never linked
        Assert.Equal(real, told);
    }

    [Fact]
    public void The_table_has_no_project_that_is_gone() => Assert.Equal(Projects.Select(p => (string)p.Data).Order(StringComparer.Ordinal), Table.Keys.Order(StringComparer.Ordinal));

    private static string[] Names(string cell) => cell == "–" ? [] : [.. cell.Split(", ").Order(StringComparer.Ordinal)];

    private static IEnumerable<string> References(string project) => XDocument
        .Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
        .Descendants("ProjectReference")
        .Where(e => (string?)e.Attribute("ReferenceOutputAssembly") != "false")
        .Select(e => Path.GetFileNameWithoutExtension(((string)e.Attribute("Include")!).Replace('\\', '/')));

    [GeneratedRegex(@"^\| `src/(?<project>\w+)` \|[^|]*\| (?<references>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowOfTable();
}
