using System.Text;
using Fleetmark.Documents;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Models.Tests.Zoo;

public sealed class ModelZooTests
{
    [Fact]
    public void Eight_models_are_built_in() => Assert.Equal(8, ModelZoo.BuiltIn.Definitions.Count);

    [Fact]
    public void Names_are_found_without_regard_to_case() => Assert.Equal("SqueezeNet1_1", ModelZoo.BuiltIn.Find("squeezenet1_1", "").Name);

    [Fact]
    public void An_unknown_name_suggests_the_nearest()
    {
        var e = Assert.Throws<ProblemException>(() => ModelZoo.BuiltIn.Find("VGG61", "plan.yaml:3:4"));
        Assert.Equal("plan.yaml:3:4: model 'VGG61' is not known; did you mean 'VGG16'?", Assert.Single(e.Problems).ToString());
    }

    [Fact]
    public void A_folder_adds_models_and_tells_what_is_wrong_with_the_rest()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tiny.yaml", Encoding.UTF8.GetBytes(TinyRes.Yaml));
        folder.Write("tiny-copy.yaml", Encoding.UTF8.GetBytes(TinyRes.With("model: tiny-res", "model: Tiny-Res")));
        folder.Write("broken.yaml", "model: broken"u8.ToArray());
        folder.Write("shadow.yaml", Encoding.UTF8.GetBytes(TinyRes.With("model: tiny-res", "model: alexnet")));
        ModelZoo zoo = ModelZoo.WithFolder(folder.Path);
        Assert.Equal(9, zoo.Definitions.Count);
        Assert.False(zoo.IsBuiltIn("tiny-res"));
        Assert.True(zoo.IsBuiltIn("ALEXNET"));
        Assert.Equal("Tiny-Res", zoo.Find("tiny-res", "").Name);
        Assert.Contains(zoo.Problems, p => p.Code == "duplicate-model");
        Assert.Contains(zoo.Problems, p => p.Code == "shadows-built-in");
        Assert.Contains(zoo.Problems, p => p.Code == "missing-key" && p.Where.Contains("broken.yaml", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_empty() => Assert.Equal(8, ModelZoo.WithFolder("/nowhere/models").Definitions.Count);

    [Fact]
    public void A_definition_beside_a_plan_carries_the_plans_name_and_shadows_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tiny.yaml", Encoding.UTF8.GetBytes(TinyRes.Yaml));
        Assert.Equal("tiny-res", ModelZoo.BuiltIn.ReadLocal("tiny-res", path, "").Name);
        Assert.Equal("model-name", Assert.Throws<ProblemException>(() => ModelZoo.BuiltIn.ReadLocal("other", path, "")).Problems[0].Code);
        Assert.Equal("shadows-built-in", Assert.Throws<ProblemException>(() => ModelZoo.BuiltIn.ReadLocal("vgg16", path, "")).Problems[0].Code);
    }
}
