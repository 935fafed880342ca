using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Onnx;
using Fleetmark.Models.Zoo;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Models.Tests.Emission;

/// <summary>What ONNX Runtime makes of emitted files, with every intermediate tensor exposed as an output.</summary>
public sealed class RuntimeTests
{
    public static TheoryData<string> Models => ["tiny-res", "SqueezeNet1_0", "SqueezeNet1_1", .. Wide.Select(name => $"{name}-narrow")];

    private static readonly string[] Wide = ["AlexNet", "VGG11", "VGG13", "VGG16", "VGG19", "DarkNet53"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_shape_is_the_declared_one_and_every_value_finite_at_batch_1_and_8(string name)
    {
        ModelDefinition definition = name == "tiny-res" ? TinyRes.Definition
            : Wide.FirstOrDefault(wide => name == $"{wide}-narrow") is { } wide ? NarrowModel.Of(wide)
            : ModelZoo.BuiltIn.Find(name, "");
        GraphPlan plan = GraphPlan.Of(definition);
        using var session = new InferenceSession(Exposed(definition, plan));
        foreach (int batch in (int[])[1, 8])
        {
            Dictionary<string, float[]> results = [];
            using OrtValue input = Input(definition, batch);
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [definition.InputName], [input], session.OutputNames);
            foreach ((string tensor, OrtValue value) in session.OutputNames.Zip(outputs))
            {
                long[] shape = value.GetTensorTypeAndShape().Shape;
                float[] values = value.GetTensorDataAsSpan<float>().ToArray();
                Assert.True(values.All(float.IsFinite) && values.All(v => Math.Abs(v) < 50), tensor);
                results[tensor] = values;
                ModelNode? node = definition.Nodes.FirstOrDefault(n => plan.Results[n.Id] == tensor);
                if (node is not null) Assert.Equal([batch, .. node.Output.Dimensions.Select(d => (long)d)], shape);
            }

            float[] logits = results[definition.OutputName];
            Assert.Equal(batch * definition.Classes, logits.Length);
            Assert.True(logits[..definition.Classes].Distinct().Count() > 5, "the logits are constant");
        }
    }

    /// <summary>The file with the result of every node of the definition as an output.</summary>
    private static byte[] Exposed(ModelDefinition definition, GraphPlan plan)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(TinyRes.Bytes(definition));
        foreach (ModelNode node in definition.Nodes.SkipLast(1))
        {
            model.Graph.Output.Add(new ValueInfoProto
            {
                Name = plan.Results[node.Id],
                Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Float } },
            });
        }

        return model.ToByteArray();
    }

    private static OrtValue Input(ModelDefinition definition, int batch)
    {
        var random = new Random(7);
        float[] values = new float[batch * definition.Input.Elements];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextSingle();
        return OrtValue.CreateTensorValueFromMemory(values, [batch, .. definition.Input.Dimensions.Select(d => (long)d)]);
    }
}
