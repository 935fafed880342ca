using System.Text;
using Fleetmark.Cli.Plans;
using Fleetmark.Cli.Tests.Runs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Tables;
using Fleetmark.Models;
using Fleetmark.Models.Zoo;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Cli.Tests.Plans;

public sealed class ModelPageCountsTests
{
    [Fact]
    public void Flops_and_parameters_of_the_model_page_come_from_the_definitions_as_published()
    {
        string[][] published = Rows(new StreamReader(typeof(ModelPageCountsTests).Assembly.GetManifestResourceStream("accuracy.csv")!).ReadToEnd());
        string yaml = $"name: page\nmodels: [{string.Join(", ", published.Skip(1).Select(r => r[0]))}]\nlatency: {{ devices: [cpu] }}\n";
        BenchmarkPlan plan = PlanReader.Read(yaml, "page.yaml").Plan!;
        var submittable = new SubmittablePlan(plan, yaml, "page.yaml", "/");
        PlanArtifact[] artifacts = [.. plan.Models.Select(m =>
            FoundModel.Find(m, submittable, ModelZoo.BuiltIn, TestContext.Current.CancellationToken).Describe(Digest.OfText(m.Name), sizeBytes: 1))];
        RunResults results = SampleRun.Of() with { Plan = plan, Models = artifacts };

        byte[] csv = TableSet.RenderOne(results, TableFormat.Csv, new RenderOptions { Layouts = ["model-page-accuracy"], ProductVersion = "0" });

        string[][] computed = Rows(Encoding.UTF8.GetString(csv));
        Assert.Equal(published[0], computed[0]);
        Assert.Equal(8, published.Length - 1);
        Assert.Equal(published.SelectMany(r => (string[])[r[0], .. r[^2..]]), computed.SelectMany(r => (string[])[r[0], .. r[^2..]]));
    }

    private static string[][] Rows(string csv) => [.. csv.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(l => l.Split(','))];
}
