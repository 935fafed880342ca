using System.Globalization;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Models.Tests.Counts;

public sealed class ModelCountsTests
{
    public static TheoryData<string> Models => [.. TestData.Rows("counts.csv").Select(row => row["model"])];

    [Fact]
    public void The_reference_has_every_built_in_model() =>
        Assert.Equal(ModelZoo.BuiltIn.Definitions.Select(d => d.Name), TestData.Rows("counts.csv").Select(row => row["model"]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Models))]
    public void Counts_equal_the_independent_reference_under_every_convention(string model)
    {
        ModelCounts counts = ModelCounts.Of(ModelZoo.BuiltIn.Find(model, ""));
        IReadOnlyDictionary<string, string> row = TestData.Rows("counts.csv").Single(r => r["model"] == model);
        foreach (string convention in FlopConvention.All) Assert.Equal(long.Parse(row[convention], CultureInfo.InvariantCulture), counts.Flops[convention]);
        foreach (string convention in ParameterConvention.All) Assert.Equal(long.Parse(row[convention], CultureInfo.InvariantCulture), counts.Parameters[convention]);
        Assert.Equal(FlopConvention.All.Order(), counts.Flops.Keys.Order());
        Assert.Equal(ParameterConvention.All.Order(), counts.Parameters.Keys.Order());
    }

    [Fact]
    public void Folded_parameters_of_a_normalised_model_are_those_of_its_folded_file() =>
        Assert.Equal(41_592_072, ModelCounts.Of(ModelZoo.BuiltIn.Find("DarkNet53", "")).FoldedParameters);
}
