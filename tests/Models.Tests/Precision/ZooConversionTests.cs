using Fleetmark.Models.Graphs;
using Fleetmark.Models.Onnx;
using Fleetmark.Models.Precision;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Models.Tests.Precision;

/// <summary>The built-in models: the SqueezeNets as they are, the others with an eighth of their channels.</summary>
public sealed class ZooConversionTests
{
    private const int Inputs = 8;

    public static TheoryData<string> Models => ["tiny-res", "SqueezeNet1_0", "SqueezeNet1_1", "AlexNet", "VGG11", "VGG13", "VGG16", "VGG19", "DarkNet53"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_model_computes_in_FP16_wholly_and_agrees_with_its_source(string name)
    {
        ModelDefinition definition = Find(name);
        byte[] source = TinyRes.Bytes(definition);
        (byte[] converted, Conversion report) = TestGraph.Converted(source);
        Assert.Empty(report.KeptNodes);
        Assert.Equal(0, report.Saturated);
        Assert.Equal(2, report.Casts);
        ModelProto model = ModelProto.Parser.ParseFrom(converted);
        Assert.All(model.Graph.Initializer, tensor => Assert.Equal((int)ElementType.Float16, tensor.DataType));
        Assert.DoesNotContain(model.Graph.Node, n => n.OpType == "BatchNormalization");
        long[] shape = [Inputs, .. definition.Input.Dimensions.Select(d => (long)d)];
        var random = new Random(20210614);
        float[] input = [.. Enumerable.Range(0, Inputs * (int)definition.Input.Elements).Select(_ => random.NextSingle())];
        float[] expected = TestGraph.Run(source, input, shape), found = TestGraph.Run(converted, input, shape);
        for (int image = 0; image < Inputs; image++)
        {
            Span<float> a = expected.AsSpan(image * definition.Classes, definition.Classes), b = found.AsSpan(image * definition.Classes, definition.Classes);
            float largest = System.Numerics.Tensors.TensorPrimitives.MaxMagnitude((ReadOnlySpan<float>)a);
            for (int i = 0; i < a.Length; i++) Assert.InRange(Math.Abs(a[i] - b[i]), 0, Math.Abs(largest) * 2e-2f);
        }
    }

    /// <summary>These bytes are a promise to every stored result. Another value means raising <see cref="Fp16Converter.Version"/>.</summary>
    [Theory]
    [InlineData("tiny-res", "510964f712b5b68575a60acc81d4e9db3dd40b1b3f479300f77a594da75a68df")]
    [InlineData("SqueezeNet1_0", "e494afbf20fab712c3b212ec20e892d008591016ab559f6ed6be494b67657133")]
    [InlineData("SqueezeNet1_1", "64223e7de95a909984184bb22a81085d03b22157b1970b29ce48e6e8b1a1793f")]
    [InlineData("DarkNet53", "fd3af6977daf80ab4944254ee7ed0f50dc0caad2cc9d9d36b24070a09887bce2")]
    public void The_same_source_gives_the_same_bytes_on_every_machine(string name, string sha256) =>
        Assert.Equal(sha256, Digest.FromBytes(System.Security.Cryptography.SHA256.HashData(TestGraph.Converted(TinyRes.Bytes(Find(name))).Bytes)).Hex);

    [Fact]
    public void The_standard_checker_accepts_the_files_where_it_is_installed()
    {
        Assert.SkipUnless(StandardChecker.IsInstalled, "python3-onnx is not installed; the structure is checked by the other tests");
        foreach (string name in (string[])["tiny-res", "SqueezeNet1_1", "DarkNet53"])
            StandardChecker.Accepts(TestGraph.Converted(TinyRes.Bytes(Find(name))).Bytes);
    }

    private static ModelDefinition Find(string name) =>
        name == "tiny-res" ? TinyRes.Definition : name.StartsWith("SqueezeNet", StringComparison.Ordinal) ? ModelZoo.BuiltIn.Find(name, "") : NarrowModel.Of(name);
}
