using System.Globalization;
using System.Text.RegularExpressions;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Measurement.Providers;

namespace Fleetmark.Contracts.Tests.Plans;

/// <summary>The page for people says what the reader does.</summary>
public sealed partial class PlanFormatDocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docs", "plan-format.md"));

    public static TheoryData<string> Plans => [.. YamlBlock().Matches(Page).Select(m => m.Groups["yaml"].Value)];

    [Theory]
    [MemberData(nameof(Plans))]
    public void Every_plan_on_the_page_is_good(string yaml) => Assert.Empty(PlanReader.Read(yaml, "page.yaml").Problems);

    [Fact]
    public void The_page_has_plans() => Assert.Equal(2, Plans.Count);

    /// <summary>The reader itself lists the keys it knows when it meets a strange one.</summary>
    [Theory]
    [InlineData("xxxxxxxxxx: 1")]
    [InlineData("models: [{ xxxxxxxxxx: 1 }]")]
    [InlineData("models: [{ image: { xxxxxxxxxx: 1 } }]")]
    [InlineData("latency: { xxxxxxxxxx: 1 }")]
    [InlineData("latency: { exclude: [{ xxxxxxxxxx: 1 }] }")]
    [InlineData("throughput: { xxxxxxxxxx: 1 }")]
    [InlineData("throughput: { exclude: [{ xxxxxxxxxx: 1 }] }")]
    [InlineData("title: { xxxxxxxxxx: 1 }")]
    public void Every_key_the_reader_knows_is_on_the_page(string yaml)
    {
        string remedy = Assert.Single(PlanReader.Read(yaml, "page.yaml").Problems, p => p.Code == "unknown-key").Remedy;

        string[] keys = remedy["known: ".Length..].Split(", ");
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Contains($"`{key}`", Page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FailureCode.UnsupportedFp16)]
    [InlineData(FailureCode.UnsupportedInt8)]
    [InlineData(FailureCode.UnsupportedBatch)]
    [InlineData(FailureCode.UnsupportedProvider)]
    [InlineData(FailureCode.UnsupportedRuntime)]
    [InlineData(FailureCode.UnsupportedArchitecture)]
    [InlineData(FailureCode.UnsupportedLibrary)]
    [InlineData(FailureCode.UnsupportedDriver)]
    [InlineData(FailureCode.UnsupportedError)]
    [InlineData(FailureCode.UnsupportedThroughput)]
    [InlineData(FailureCode.NoDeviceClass)]
    public void Every_reason_of_expansion_is_on_the_page(string code) => Assert.Contains($"`{code}`", Page, StringComparison.Ordinal);

    public static TheoryData<string> Options => [.. KnownProviders.Names.SelectMany(KnownProviders.OptionsOf).Select(option => option.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_of_our_runtimes_is_on_the_page(string option) => Assert.Contains($"`{option}`", Page, StringComparison.Ordinal);

    [Fact]
    public void The_limits_and_the_default_layout_on_the_page_are_those_of_the_code()
    {
        Assert.Contains($"from {LatencySection.SmallestBatch} to {LatencySection.LargestBatch}", Page, StringComparison.Ordinal);
        Assert.Contains($"from {LatencySection.SmallestConcurrency} to {LatencySection.LargestConcurrency}", Page, StringComparison.Ordinal);
        Assert.Contains($"at most {BenchmarkPlan.MaximumCells.ToString("N0", CultureInfo.InvariantCulture)}", Page, StringComparison.Ordinal);
        Assert.Contains($"`[{BenchmarkPlan.DefaultTable}]`", Page, StringComparison.Ordinal);
    }

    [GeneratedRegex("^```yaml\n(?<yaml>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex YamlBlock();
}
