using System.Text.RegularExpressions;

namespace Fleetmark.Architecture;

public sealed partial class LinkTests
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md").Select(Repository.Relative).Order(StringComparer.Ordinal),
        .. Repository.Files("docs", "*.md").Select(Repository.Relative),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_of_a_document_leads_to_a_file_and_a_heading_that_are_there(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        var broken = new List<string>();
        foreach (string target in Link().Matches(WithoutCode(document)).Select(m => m.Groups["target"].Value).Where(t => !t.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = target.Split('#', 2);
            string path = parts[0].Length == 0 ? Path.Combine(Repository.Root, document) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            if (!Path.Exists(path) || (parts.Length == 2 && !Headings(path).Contains(parts[1]))) broken.Add(target);
        }

        Assert.Empty(broken);
    }

    [Fact]
    public void The_readme_links_the_pages() => Assert.True(Link().Count(WithoutCode("README.md")) > 8);

    private static string WithoutCode(string document) => Code().Replace(File.ReadAllText(Path.Combine(Repository.Root, document)), "");

    /// <summary>Anchors as GitHub makes them from headings.</summary>
    private static HashSet<string> Headings(string path) => Heading().Matches(File.ReadAllText(path))
        .Select(m => NotInAnchor().Replace(m.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotInAnchor();
}
