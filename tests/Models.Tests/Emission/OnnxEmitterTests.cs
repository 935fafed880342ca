using System.Security.Cryptography;
using Fleetmark.Documents;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Onnx;
using Fleetmark.Models.Zoo;
using Google.Protobuf;

namespace Fleetmark.Models.Tests.Emission;

public sealed class OnnxEmitterTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>These bytes are a promise to every stored result. Another value means raising <see cref="OnnxEmitter.Version"/>.</summary>
    [Theory]
    [InlineData("AlexNet", "7a6042464263ef2908a0cd42eca44735bcc457b640c4db5a558ca798ab70eef1")]
    [InlineData("VGG11", "8a6a3ad28676aebc1874a670238d399a8810026f7d23594a4b8844002042f6c1")]
    [InlineData("VGG13", "7992c8e58e74fdaa45e676ab8b14d01eac0f33471f4d2241506dcb2b60db688f")]
    [InlineData("VGG16", "02c1aad8c879eeadf668ac02e635adc51e56d9890d6c8fb9c6fa1fccd6009a1e")]
    [InlineData("VGG19", "dc02999f241908a61e969b471cc6d9096fbc3415fd42a4e08ea87d5acb89bc55")]
    [InlineData("DarkNet53", "a1a9da80e432a00500851e1be225c7dcc155af640e9c5348ed4a9fb647729956")]
    [InlineData("SqueezeNet1_0", "eb82eda899cfe8f0ef6e9b05966f181b0533ccfb8fc411caa6b11d14b406087f")]
    [InlineData("SqueezeNet1_1", "79445cc78c0f61a3065d58d4526304a513ce536f2153e0c934d5ab6c927733ee")]
    [InlineData("tiny-res", "cb4a4563afdce699730b40dfb805ce75dd86f01b6a0a6d72fcf57f68abb57dd1")]
    public void The_same_definition_gives_the_same_bytes_on_every_machine(string model, string sha256) =>
        Assert.Equal(sha256, OnnxEmitter.Digest(Find(model), Cancel).Hex);

    [Theory]
    [InlineData("SqueezeNet1_1")]
    [InlineData("tiny-res")]
    public void Size_and_digest_are_those_of_the_emitted_file(string model)
    {
        byte[] bytes = TinyRes.Bytes(Find(model));
        Assert.Equal(bytes.Length, OnnxEmitter.Size(Find(model)));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), OnnxEmitter.Digest(Find(model), Cancel).Hex);
    }

    [Theory]
    [InlineData("AlexNet", 244_405_777)]
    [InlineData("DarkNet53", 166_608_990)]
    [InlineData("VGG19", 574_651_967)]
    public void The_size_of_a_large_file_is_known_without_making_it(string model, long bytes) => Assert.Equal(bytes, OnnxEmitter.Size(Find(model)));

    [Fact]
    public async Task Another_process_with_one_thread_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        string answer = Path.Combine(folder.Path, "digest");
        using ChildProcess child = ChildProcess.Start(
            $"{typeof(OnnxEmitterTests).FullName}.{nameof(Digest_written_by_a_child)}", ("FLEETMARK_TEST_ANSWER", answer), ("DOTNET_PROCESSOR_COUNT", "1"));
        await child.FinishAsync(Cancel);
        Assert.Equal(OnnxEmitter.Digest(Find("SqueezeNet1_1"), Cancel).Hex, await File.ReadAllTextAsync(answer, Cancel));
    }

    [Fact(Explicit = true)]
    public void Digest_written_by_a_child() =>
        File.WriteAllText(Environment.GetEnvironmentVariable("FLEETMARK_TEST_ANSWER")!, OnnxEmitter.Digest(Find("SqueezeNet1_1"), Cancel).Hex);

    [Fact]
    public void Many_threads_at_once_give_the_same_bytes()
    {
        string[] digests = [.. Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => OnnxEmitter.Digest(Find("SqueezeNet1_1"), Cancel).Hex)];
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void The_file_says_what_it_is_and_nothing_about_the_machine()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(TinyRes.Bytes(TinyRes.Definition));
        Assert.Equal(8, model.IrVersion);
        Assert.Equal("fleetmark", model.ProducerName);
        Assert.Equal("", model.ProducerVersion + model.Domain);
        Assert.Equal([17L], model.OpsetImport.Select(o => o.Version));
        Assert.Equal("tiny-res", model.Graph.Name);
        Assert.Equal(
            [$"fleetmark.definition={TinyRes.Definition.Digest}", "fleetmark.emitter=1", "fleetmark.weights=synthetic-v1"],
            model.MetadataProps.Select(p => $"{p.Key}={p.Value}"));
        Assert.Equal(["x"], model.Graph.Input.Select(i => i.Name));
        Assert.Equal(["logits"], model.Graph.Output.Select(o => o.Name));
        Assert.Equal("N", model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimParam);
        Assert.Equal([3L, 64L, 64L], model.Graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(d => d.DimValue));
    }

    [Fact]
    public void Graphs_are_sound()
    {
        foreach (string name in (string[])["tiny-res", "SqueezeNet1_1"])
        {
            GraphProto graph = ModelProto.Parser.ParseFrom(TinyRes.Bytes(Find(name))).Graph;
            Assert.Distinct(graph.Node.Select(n => n.Name));
            Assert.Distinct(graph.Initializer.Select(t => t.Name).Concat(graph.Node.SelectMany(n => n.Output)).Append("x"));
            var known = new HashSet<string>(graph.Initializer.Select(t => t.Name).Append("x"), StringComparer.Ordinal);
            foreach (NodeProto node in graph.Node)
            {
                Assert.Subset(known, node.Input.ToHashSet(StringComparer.Ordinal));
                known.UnionWith(node.Output);
            }

            Assert.Equal("logits", graph.Node[^1].Output[0]);
            Assert.Equal(graph.Initializer.Count, graph.Node.SelectMany(n => n.Input).Intersect(graph.Initializer.Select(t => t.Name)).Count());
            foreach (TensorProto tensor in graph.Initializer)
                Assert.Equal(tensor.Dims.Aggregate(4L, (bytes, size) => bytes * size), tensor.RawData.Length);
        }
    }

    [Fact]
    public void A_file_survives_reading_and_writing_byte_for_byte()
    {
        byte[] bytes = TinyRes.Bytes(TinyRes.Definition);
        Assert.Equal(bytes, ModelProto.Parser.ParseFrom(bytes).ToByteArray());
    }

    [Fact]
    public void A_file_too_large_for_the_format_is_refused_before_writing()
    {
        ModelDefinition definition = ModelDefinition.Read(
            """
            model: wide
            input: {name: x, dtype: float32, shape: [N, 3, 64, 64]}
            output: {name: logits, dtype: float32, shape: [N, 50000]}
            image: {crop: 64, resizeShort: 64}
            layers:
              - {id: flat, op: flatten, out: [12288]}
              - {id: fc, op: fc, cin: 12288, cout: 50000, bias: false, out: [50000]}
            """,
            "wide.yaml");
        using var target = new MemoryStream();
        var e = Assert.Throws<ProblemException>(() => OnnxEmitter.Emit(definition, target, Cancel));
        Assert.Equal("model-too-large", e.Problems[0].Code);
        Assert.Equal(0, target.Length);
    }

    [Fact]
    public void A_cancelled_emission_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => OnnxEmitter.Emit(TinyRes.Definition, Stream.Null, stop.Token));
    }

    [Fact]
    public void The_standard_checker_accepts_the_files_where_it_is_installed()
    {
        Assert.SkipUnless(StandardChecker.IsInstalled, "python3-onnx is not installed; the structure is checked by the other tests");
        foreach (string name in (string[])["tiny-res", "SqueezeNet1_1", "SqueezeNet1_0"]) StandardChecker.Accepts(TinyRes.Bytes(Find(name)));
    }

    private static ModelDefinition Find(string name) => name == "tiny-res" ? TinyRes.Definition : ModelZoo.BuiltIn.Find(name, "");
}
