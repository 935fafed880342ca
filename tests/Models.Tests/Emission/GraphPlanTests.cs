using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Onnx;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Models.Tests.Emission;

public sealed class GraphPlanTests
{
    [Fact]
    public void A_convolution_that_feeds_only_additions_is_damped_in_its_normalisation()
    {
        GraphPlan plan = GraphPlan.Of(ModelZoo.BuiltIn.Find("DarkNet53", ""));
        Assert.Equal(0.25f, Tensor(plan, "s3b4_c2.bn.scale").Value);
        Assert.Equal(1f, Tensor(plan, "s3b4_c1.bn.scale").Value);
        Assert.Equal(1f, Tensor(plan, "s2_down.bn.scale").Value);
        int[] blocks = [1, 2, 8, 8, 4];
        Assert.Equal(
            blocks.SelectMany((count, stage) => Enumerable.Range(1, count).Select(block => $"s{stage}b{block}_c2.bn.scale")),
            plan.Tensors.Where(t => t.Name.EndsWith(".bn.scale", StringComparison.Ordinal) && t.Value != 1).Select(t => t.Name));
        Assert.Equal([0.25f, 1f], plan.Tensors.Where(t => t.Name.EndsWith(".bn.scale", StringComparison.Ordinal)).Select(t => t.Value).Distinct().Order());
        Assert.Equal(SyntheticWeights.Amplitude(256 * 9), Tensor(plan, "s3b4_c2.weight").Amplitude);
    }

    [Fact]
    public void Without_normalisation_the_weights_are_damped()
    {
        GraphPlan plan = GraphPlan.Of(TinyRes.Definition);
        Assert.Equal(SyntheticWeights.Amplitude(16) * 0.25f, Tensor(plan, "b2.weight").Amplitude);
        Assert.Equal(SyntheticWeights.BiasAmplitude, Tensor(plan, "b2.bias").Amplitude);
        Assert.Equal(SyntheticWeights.Amplitude(9), Tensor(plan, "b1.weight").Amplitude);
        Assert.Equal(0.25f, Tensor(plan, "a2.bn.scale").Value);
        Assert.Equal(1f, Tensor(plan, "stem.bn.scale").Value);
    }

    [Fact]
    public void Dropout_is_a_multiplication_where_training_scaled()
    {
        Assert.Equal(["drop6.value", "drop7.value"], Halves("AlexNet"));
        Assert.Equal(["drop1.value", "drop2.value"], Halves("VGG16"));
        Assert.Equal(["drop9.value"], Halves("SqueezeNet1_0"));
        Assert.Empty(Halves("DarkNet53"));

        static IEnumerable<string> Halves(string model) =>
            GraphPlan.Of(ModelZoo.BuiltIn.Find(model, "")).Tensors.Where(t => t is { Dimensions.Count: 0, Value: 0.5f }).Select(t => t.Name);
    }

    [Fact]
    public void Pools_of_the_built_in_models_round_down_and_pad_nothing()
    {
        foreach (ModelDefinition definition in ModelZoo.BuiltIn.Definitions)
        {
            foreach (NodeProto pool in GraphPlan.Of(definition).Nodes.Where(n => n.OpType == "MaxPool"))
            {
                Assert.Equal(0, pool.Attribute.Single(a => a.Name == "ceil_mode").I);
                Assert.All(pool.Attribute.Single(a => a.Name == "pads").Ints, pad => Assert.Equal(0, pad));
            }
        }
    }

    [Fact]
    public void Only_the_vgg_classifier_has_biases()
    {
        GraphPlan plan = GraphPlan.Of(ModelZoo.BuiltIn.Find("VGG16", ""));
        Assert.Equal(["fc1.bias", "fc2.bias", "fc3.bias"], plan.Tensors.Where(t => t.Name.EndsWith(".bias", StringComparison.Ordinal)).Select(t => t.Name));
    }

    [Fact]
    public void The_residual_network_rectifies_without_a_leak_and_not_after_adding()
    {
        GraphPlan plan = GraphPlan.Of(ModelZoo.BuiltIn.Find("DarkNet53", ""));
        Assert.Equal(52, plan.Nodes.Count(n => n.OpType == "Relu"));
        Assert.DoesNotContain(plan.Nodes, n => n.OpType == "LeakyRelu");
        HashSet<string> sums = [.. plan.Nodes.Where(n => n.OpType == "Add").Select(n => n.Output[0])];
        Assert.Equal(23, sums.Count);
        Assert.DoesNotContain(plan.Nodes, n => n.OpType == "Relu" && sums.Contains(n.Input[0]));
    }

    [Fact]
    public void Parts_are_named_after_their_node()
    {
        GraphPlan plan = GraphPlan.Of(TinyRes.Definition);
        Assert.Equal(["stem:Conv", "stem.bn:BatchNormalization", "stem.act:Relu", "a1:Conv", "a1.bn:BatchNormalization", "a1.act:Clip"], plan.Nodes.Take(6).Select(n => $"{n.Name}:{n.OpType}"));
        Assert.Equal(["b.1:Add", "b:Add"], plan.Nodes.Where(n => n.Name is "b" or "b.1").Select(n => $"{n.Name}:{n.OpType}"));
        Assert.Equal("left.act", plan.Results["left"]);
        Assert.Equal("logits", plan.Results["fc"]);
    }

    private static PlannedTensor Tensor(GraphPlan plan, string name) => plan.Tensors.Single(t => t.Name == name);
}
