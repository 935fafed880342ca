using System.Xml.Linq;

namespace Fleetmark.Architecture;

public sealed class DependencyGraphTests
{
    /// <summary>Which of our projects each project may reference: one direction, hosts never reference hosts, the command line composes them.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Documents"] = [],
        ["Measurement"] = [],
        ["Models"] = ["Documents"],
        ["Worker"] = ["Documents", "Measurement", "Models"],
        ["Contracts"] = ["Documents", "Measurement"],
        ["Agent"] = ["Contracts", "Documents", "Measurement"],
        ["Storage"] = ["Contracts", "Documents", "Measurement"],
        ["Reporting"] = ["Contracts", "Documents", "Measurement"],
        ["Silo"] = ["Contracts", "Documents", "Measurement", "Models", "Reporting", "Storage"],
        ["Cli"] = ["Agent", "Contracts", "Documents", "Measurement", "Models", "Reporting", "Silo", "Storage"],
    };

    /// <summary>Packages that belong to one project, by the beginning of their name.</summary>
    private static readonly Dictionary<string, string> Owners = new(StringComparer.Ordinal)
    {
        ["Microsoft.ML.OnnxRuntime"] = "Worker",
        ["Microsoft.EntityFrameworkCore"] = "Storage",
        ["Npgsql"] = "Storage",
        ["Microsoft.Orleans.Server"] = "Silo",
        ["Perfolizer"] = "Measurement",
        ["OxyPlot"] = "Reporting",
        ["Spectre.Console"] = "Cli",
        ["System.CommandLine"] = "Cli",
    };

    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_graph_allows(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out string[]? allowed), $"{project} is not in the graph: say what it may reference");
        Assert.Empty(References(project).Except(allowed, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_package_with_an_owner_is_referenced_by_its_owner_only(string project)
    {
        IEnumerable<string> foreign = Items(project, "PackageReference")
            .Where(p => Owners.Any(o => p.StartsWith(o.Key, StringComparison.Ordinal) && o.Value != project));
        Assert.Empty(foreign);
    }

    /// <summary>Workers carry Measurement: everything it brought along would stand beside the timed calls.</summary>
    [Fact]
    public void Measurement_brings_perfolizer_and_nothing_else() => Assert.Equal(["Perfolizer"], Items("Measurement", "PackageReference"));

    [Fact]
    public void The_graph_has_no_project_that_is_gone() => Assert.Equal(Allowed.Keys.Order(), Projects.Select(p => (string)p.Data).Order());

    private static IEnumerable<string> References(string project) =>
        Items(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')));

    private static IEnumerable<string> Items(string project, string kind) => XDocument
        .Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
        .Descendants(kind)
        .Where(e => (string?)e.Attribute("ReferenceOutputAssembly") != "false")
        .Select(e => (string)e.Attribute("Include")!);
}
