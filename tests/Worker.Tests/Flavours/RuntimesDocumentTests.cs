namespace Fleetmark.Worker.Tests.Flavours;

/// <summary>The page for people says what is built.</summary>
public sealed class RuntimesDocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(BuiltFlavours.Sources, "docs", "runtimes.md"));

    [Theory]
    [InlineData("ort131-cpu", "Microsoft.ML.OnnxRuntime", "1.31.1")]
    [InlineData("ort122-cuda12", "Microsoft.ML.OnnxRuntime.Gpu", "1.22.1")]
    [InlineData("ort120-cuda12-trt104", "Microsoft.ML.OnnxRuntime.Gpu", "1.20.1")]
    [InlineData("ort131-cuda13", "Microsoft.ML.OnnxRuntime.Gpu", "1.31.1")]
    public void A_flavour_is_on_the_page_with_the_exact_version_it_is_built_from(string flavour, string package, string version)
    {
        Assert.Contains($"| `{flavour}` | {package} {version} |", Page, StringComparison.Ordinal);
        string line = File.ReadLines(Path.Combine(BuiltFlavours.Sources, "Directory.Packages.props"))
            .Single(l => l.Contains($"\"{package}\"", StringComparison.Ordinal) && (package == "Microsoft.ML.OnnxRuntime" || l.Contains($"'{flavour}'", StringComparison.Ordinal)));
        Assert.Contains($"Version=\"[{version}]\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_flavour_is_in_the_list() => Assert.All(BuiltFlavours.Names, flavour => Assert.Contains($"| `{flavour}` |", Page, StringComparison.Ordinal));
}
