using System.Text.RegularExpressions;

namespace Fleetmark.Architecture;

public sealed partial class ArchitectureDocumentTests
{
    [Theory]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("README.md")]
    public void Every_path_a_document_names_exists(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        string[] paths = [.. PathInCode().Matches(text).Select(m => m.Groups["path"].Value).Distinct()];
        Assert.NotEmpty(paths);
        Assert.DoesNotContain(paths, p => !Path.Exists(Path.Combine(Repository.Root, p)));
    }

    [Fact]
    public void A_reader_follows_one_job_in_fewer_than_eight_files()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));
        string walk = text[text.IndexOf("## One job", StringComparison.Ordinal)..];
        walk = walk[..walk.IndexOf("\n## ", 4, StringComparison.Ordinal)];
        Assert.InRange(PathInCode().Matches(walk).Select(m => m.Groups["path"].Value).Where(p => p.EndsWith(".cs", StringComparison.Ordinal)).Distinct().Count(), 5, 7);
    }

    [GeneratedRegex(@"`\.?/?(?<path>(?:src|tests|docs|eng|plans)/[\w./-]+|fleetmark|test\.sh)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathInCode();
}
