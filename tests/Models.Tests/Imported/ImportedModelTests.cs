using System.Security.Cryptography;
using System.Text;
using Fleetmark.Documents;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Imported;
using Fleetmark.Models.Onnx;
using Fleetmark.Models.Zoo;
using Google.Protobuf;
using static Fleetmark.Models.Onnx.TensorProto.Types;

namespace Fleetmark.Models.Tests.Imported;

public sealed class ImportedModelTests : IDisposable
{
    private static readonly ImportExpectation Plan = new() { Crop = 64, Classes = 10, Batches = [1, 8] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_file_is_described_and_counted()
    {
        byte[] bytes = TinyRes.Bytes(TinyRes.Definition);
        ImportedModel model = Open(bytes, Plan with { Sha256 = Digest.FromBytes(SHA256.HashData(bytes)) });
        ModelCounts expected = ModelCounts.Of(TinyRes.Definition);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), model.Sha256.Hex);
        Assert.Equal((bytes.Length, 17, 8, "fleetmark"), (model.SizeBytes, model.Opset, model.IrVersion, model.Producer));
        Assert.Equal(("x", 64, 64, null), (model.InputName, model.Height, model.Width, model.FixedBatch));
        Assert.Equal(("logits", 10, OutputKind.Logits), (model.OutputName, model.Classes, model.Output));
        Assert.Equal(expected.Flops, model.Counts!.Flops);
        Assert.Equal(expected.Parameters, model.Counts.Parameters);
        Assert.Equal(expected.Parameters[ParameterConvention.WithBatchNormStatistics], model.FileParameters);
        Assert.Equal(expected.Macs, model.Nodes.Sum(n => n.Macs));
        Assert.Equal([1, 16, 32, 32], model.Nodes[0].Output!);
    }

    [Fact]
    public void A_file_converted_to_FP16_has_the_counts_of_its_source()
    {
        ImportedModel model = Open(TestGraph.Converted(TinyRes.Bytes(TinyRes.Definition)).Bytes, Plan);
        Assert.Equal(ModelCounts.Of(TinyRes.Definition).Macs, model.Counts!.Macs);
        Assert.Equal(ModelCounts.Of(TinyRes.Definition).FoldedParameters, model.FileParameters);
        Assert.Equal(("x", "logits", 10), (model.InputName, model.OutputName, model.Classes));
        Assert.Equal([1, 16, 32, 32], model.Nodes.First(n => n.Operation == "Conv").Output!);
    }

    [Fact]
    public void Inputs_and_outputs_bind_by_position_whatever_they_are_called()
    {
        ImportedModel model = Open(Changed(m =>
        {
            m.Graph.Input[0].Name = m.Graph.Node[0].Input[0] = "inputs";
            m.Graph.Output[0].Name = m.Graph.Node[^1].Output[0] = "save_infer_model/scale_0.tmp_1";
        }));
        Assert.Equal(("inputs", "save_infer_model/scale_0.tmp_1"), (model.InputName, model.OutputName));
    }

    [Fact]
    public void Initializers_listed_among_the_inputs_are_no_inputs() =>
        Assert.Equal("x", Open(Changed(m => m.Graph.Input.Add(new ValueInfoProto { Name = "fc.weight" }))).InputName);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_softmax_at_the_end_makes_probabilities_also_behind_a_reshape(bool reshaped) =>
        Assert.Equal(OutputKind.Probabilities, Open(Changed(m =>
        {
            m.Graph.Node.Add(new NodeProto { OpType = "Softmax", Input = { "logits" }, Output = { reshaped ? "soft" : "p" } });
            if (reshaped) m.Graph.Node.Add(new NodeProto { OpType = "Identity", Input = { "soft" }, Output = { "p" } });
            m.Graph.Output[0].Name = "p";
        })).Output);

    [Fact]
    public void Open_sides_take_the_plans_crop()
    {
        byte[] bytes = Changed(m => m.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimParam = m.Graph.Input[0].Type.TensorType.Shape.Dim[3].DimParam = "side");
        Assert.Equal(64, Open(bytes, Plan).Height);
        Assert.Equal("model-crop", Assert.Single(Problems(bytes, Plan with { Crop = null }).DistinctBy(p => p.Code)).Code);
    }

    [Fact]
    public void A_fixed_batch_must_be_planned()
    {
        byte[] bytes = Changed(m => m.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 8);
        Assert.Equal(8, Open(bytes, Plan).FixedBatch);
        Assert.Equal(ModelCounts.Of(TinyRes.Definition).Flops, Open(bytes, Plan).Counts!.Flops);
        Assert.Contains("the batch is fixed to 8: expected an open batch axis or one of 1, 4", Assert.Single(Problems(bytes, Plan with { Batches = [1, 4] })).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zoo_name_is_a_claim_that_the_parameters_must_keep()
    {
        Assert.Equal(ModelCounts.Of(TinyRes.Definition).Flops, Open(TinyRes.Bytes(TinyRes.Definition), Plan with { Claims = TinyRes.Definition }).Counts!.Flops);
        Problem problem = Assert.Single(Problems(TinyRes.Bytes(TinyRes.Definition), Plan with { Claims = ModelZoo.BuiltIn.Find("DarkNet53", "") }));
        Assert.Contains("has 41645640, or 41592072 with batch normalisation folded parameters; the file has", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_folded_normalisation_keeps_the_claim()
    {
        byte[] folded = Changed(m =>
        {
            foreach (NodeProto bn in m.Graph.Node.Where(n => n.OpType == "BatchNormalization").ToArray())
            {
                NodeProto conv = m.Graph.Node.Single(n => n.Output[0] == bn.Input[0]);
                conv.Input.Add(bn.Input[2]);
                conv.Output[0] = bn.Output[0];
                m.Graph.Node.Remove(bn);
                foreach (string name in (string[])[bn.Input[1], bn.Input[3], bn.Input[4]]) m.Graph.Initializer.Remove(m.Graph.Initializer.Single(t => t.Name == name));
            }
        });
        Assert.Equal(ModelCounts.Of(TinyRes.Definition).FoldedParameters, Open(folded, Plan with { Claims = TinyRes.Definition }).FileParameters);
    }

    [Fact]
    public void An_operation_that_cannot_be_counted_leaves_the_counts_out_and_is_named()
    {
        ImportedModel model = Open(Changed(m => m.Graph.Node.Single(n => n.OpType == "HardSwish").OpType = "Det"));
        Assert.Null(model.Counts);
        Assert.Contains("node 'b1.act' (Det)", model.Uncounted!.What, StringComparison.Ordinal);
        Assert.All(model.Nodes, n => Assert.Null(n.Macs));
    }

    [Fact]
    public void Two_outputs_are_listed_and_one_can_be_chosen()
    {
        byte[] bytes = Changed(m => m.Graph.Output.Add(new ValueInfoProto { Name = "flat", Type = m.Graph.Output[0].Type.Clone() }));
        Assert.Equal("expected one output, found 2: 'logits' float32 [N, 10]; 'flat' float32 [N, 10]", Assert.Single(Problems(bytes, Plan)).What);
        Assert.Equal("flat", Open(bytes, Plan with { Output = "flat" }).OutputName);
        Assert.Contains("there is no output 'x'", Assert.Single(Problems(bytes, Plan with { Output = "x" })).What, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> WrongGraphs => new()
    {
        { "two inputs", "model-input" }, { "float16 input", "model-input" }, { "channels last", "model-input" }, { "output of rank 4", "model-output" },
        { "11 classes", "model-classes" }, { "opset 5", "model-opset" }, { "opset 99", "model-opset" }, { "no opset", "model-opset" },
        { "format 99", "model-ir-version" }, { "custom operation", "model-custom-op" }, { "custom operation in a subgraph", "model-custom-op" },
        { "external initializer", "model-external-data" }, { "external path only", "model-external-data" }, { "external constant", "model-external-data" },
        { "external in a subgraph", "model-external-data" }, { "external in a function", "model-external-data" }, { "external sparse", "model-external-data" },
        { "data too short", "model-tensor" }, { "impossible shape", "model-tensor" },
    };

    [Theory]
    [MemberData(nameof(WrongGraphs))]
    public void Each_wrong_thing_in_a_graph_is_one_problem(string wrong, string code)
    {
        Problem problem = Assert.Single(Problems(Changed(m => Break(m, wrong)), Plan));
        Assert.Equal(code, problem.Code);
        Assert.DoesNotContain('\n', problem.ToString());
    }

    [Fact]
    public void The_wrong_crop_names_both_sizes() =>
        Assert.Equal(["height: expected 224, the plan's crop, found 64", "width: expected 224, the plan's crop, found 64"], Problems(TinyRes.Bytes(TinyRes.Definition), Plan with { Crop = 224 }).Select(p => p.What));

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        IReadOnlyList<Problem> problems = Problems(
            Changed(m => { Break(m, "opset 99"); Break(m, "external initializer"); Break(m, "11 classes"); }), Plan with { Sha256 = Digest.OfText("other"), Batches = [4] });
        Assert.Equal(["model-digest", "model-external-data", "model-opset", "model-classes"], problems.Select(p => p.Code));
    }

    [Fact]
    public void A_wrong_digest_prints_both()
    {
        byte[] bytes = TinyRes.Bytes(TinyRes.Definition);
        Problem problem = Assert.Single(Problems(bytes, Plan with { Sha256 = Digest.OfText("other") }));
        Assert.Equal($"SHA-256: expected {Digest.OfText("other")}, found {Convert.ToHexStringLower(SHA256.HashData(bytes))}", problem.What);
    }

    [Theory]
    [InlineData("", "model-empty")]
    [InlineData("hello world, this is no model\n", "model-not-onnx")]
    [InlineData("{\"model\": 1}", "model-not-onnx")]
    [InlineData("<!DOCTYPE html><html></html>", "model-not-onnx")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n", "model-not-onnx")]
    [InlineData("\u0008\u0008", "model-not-onnx")]
    public void A_file_that_is_no_model_says_so(string text, string code) => Assert.Equal(code, Assert.Single(Problems(Encoding.UTF8.GetBytes(text), Plan)).Code);

    [Fact]
    public void A_file_cut_anywhere_is_told_and_never_crashes()
    {
        byte[] bytes = TinyRes.Bytes(TinyRes.Definition);
        for (int length = 100; length < bytes.Length - 200; length += 997)
            Assert.Equal("model-truncated", Assert.Single(Problems(bytes[..length], Plan)).Code);
    }

    [Fact]
    public void Bytes_flipped_at_random_never_crash_the_reader()
    {
        byte[] bytes = TinyRes.Bytes(TinyRes.Definition);
        var random = new Random(11);
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = [.. bytes];
            for (int flips = 0; flips < 8; flips++) damaged[random.Next(flips < 4 ? 3000 : damaged.Length)] = (byte)random.Next(256);
            try
            {
                Open(damaged, Plan);
            }
            catch (ProblemException e)
            {
                Assert.NotEmpty(e.Problems);
            }
        }
    }

    [Fact]
    public void Graphs_nested_without_end_are_refused()
    {
        var graph = new GraphProto { Node = { new NodeProto { OpType = "Relu", Input = { "x" }, Output = { "y" } } } };
        for (int depth = 0; depth < 60; depth++)
            graph = new GraphProto { Node = { new NodeProto { OpType = "If", Attribute = { new AttributeProto { Name = "then_branch", G = graph } } } } };
        Assert.Equal("model-too-deep", Assert.Single(Problems(new ModelProto { IrVersion = 8, Graph = graph }.ToByteArray(), Plan)).Code);
    }

    [Fact]
    public void Paths_that_are_no_regular_file_are_refused()
    {
        Assert.Equal("model-missing", Refusal(Path.Combine(_folder.Path, "absent.onnx")));
        Assert.Equal("model-not-a-file", Refusal(_folder.Path));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal("model-empty", Refusal("/dev/zero"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "dangling.onnx"), Path.Combine(_folder.Path, "absent.onnx"));
        Assert.Equal("model-missing", Refusal(Path.Combine(_folder.Path, "dangling.onnx")));
    }

    [Fact]
    public void A_link_to_a_model_is_followed()
    {
        string target = _folder.Write("target.onnx", TinyRes.Bytes(TinyRes.Definition)), link = Path.Combine(_folder.Path, "link.onnx");
        File.CreateSymbolicLink(link, target);
        Assert.Equal(new FileInfo(target).Length, ImportedModel.Open(link, Plan, TestContext.Current.CancellationToken).SizeBytes);
    }

    [Fact]
    public void A_file_above_the_limit_is_refused_by_its_size() =>
        Assert.Equal("at most 1000 are accepted", Assert.Single(Problems(TinyRes.Bytes(TinyRes.Definition), Plan with { MaximumBytes = 1000 })).Remedy);

    private static void Break(ModelProto m, string wrong)
    {
        var external = new TensorProto { Name = "outside", DataType = 1, DataLocation = DataLocation.External };
        var constant = new NodeProto { OpType = "Constant", Output = { "c" }, Attribute = { new AttributeProto { Name = "value", T = external } } };
        var branch = new AttributeProto { Name = "body", G = new GraphProto { Node = { constant } } };
        switch (wrong)
        {
            case "two inputs": m.Graph.Input.Add(m.Graph.Input[0].Clone()); m.Graph.Input[1].Name = "y"; break;
            case "float16 input": m.Graph.Input[0].Type.TensorType.ElemType = (int)ElementType.Float16; break;
            case "channels last":
                TensorShapeProto shape = m.Graph.Input[0].Type.TensorType.Shape;
                (shape.Dim[1], shape.Dim[3]) = (shape.Dim[3].Clone(), shape.Dim[1].Clone());
                shape.Dim[3].DimValue = 64;
                break;
            case "output of rank 4": m.Graph.Output[0].Type.TensorType.Shape.Dim.Add([new(), new()]); break;
            case "11 classes": m.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue = 11; break;
            case "opset 5": m.OpsetImport[0].Version = 5; break;
            case "opset 99": m.OpsetImport[0].Version = 99; break;
            case "no opset": m.OpsetImport.Clear(); break;
            case "format 99": m.IrVersion = 99; break;
            case "custom operation": m.Graph.Node[2].Domain = "my.ops"; break;
            case "custom operation in a subgraph": branch.G.Node[0] = new NodeProto { OpType = "Magic", Domain = "my.ops" }; m.Graph.Node[2].Attribute.Add(branch); break;
            case "external initializer": m.Graph.Initializer.Add(external); break;
            case "external path only": m.Graph.Initializer[0].ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../secret" }); break;
            case "external constant": m.Graph.Node.Insert(0, constant); break;
            case "external in a subgraph": m.Graph.Node[2].Attribute.Add(branch); break;
            case "external in a function": m.Functions.Add(new FunctionProto { Name = "f", Domain = "d", Node = { constant } }); break;
            case "external sparse": m.Graph.SparseInitializer.Add(new SparseTensorProto { Values = external }); break;
            case "data too short": m.Graph.Initializer[0].RawData = ByteString.CopyFrom(new byte[12]); break;
            case "impossible shape": m.Graph.Initializer[0].Dims[0] = -4; break;
            default: throw new ArgumentException(wrong, nameof(wrong));
        }
    }

    private static byte[] Changed(Action<ModelProto> change) => TinyRes.Changed(change);

    private static string Refusal(string path) =>
        Assert.Single(Assert.Throws<ProblemException>(() => ImportedModel.Open(path, Plan, TestContext.Current.CancellationToken)).Problems).Code;

    private ImportedModel Open(byte[] bytes, ImportExpectation? expected = null) =>
        ImportedModel.Open(_folder.Write("net.onnx", bytes), expected ?? Plan, TestContext.Current.CancellationToken);

    private IReadOnlyList<Problem> Problems(byte[] bytes, ImportExpectation expected) => Assert.Throws<ProblemException>(() => Open(bytes, expected)).Problems;
}
