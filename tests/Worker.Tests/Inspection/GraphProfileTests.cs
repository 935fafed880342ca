using System.Text;
using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Inspection;

namespace Fleetmark.Worker.Tests.Inspection;

public sealed class GraphProfileTests
{
    [Fact]
    public void Nodes_are_counted_by_operator_provider_and_the_type_they_read()
    {
        GraphReport graph = Read(
            Event("conv1", "Conv", "CUDAExecutionProvider", 1, "float16", "float16"), Event("conv2", "FusedConv", "CUDAExecutionProvider", 2, "float16"),
            Event("fc", "Gemm", "CPUExecutionProvider", 3, "float"), Event("act", "Relu", "CUDAExecutionProvider", 4, "float16"), Event("shape", "Shape", "CPUExecutionProvider", 5, "float16"));
        Assert.Equal(new Dictionary<string, int> { ["Conv"] = 1, ["FusedConv"] = 1, ["Gemm"] = 1, ["Relu"] = 1, ["Shape"] = 1 }, graph.Ops);
        Assert.Equal(new Dictionary<string, int> { ["CPUExecutionProvider"] = 2, ["CUDAExecutionProvider"] = 3 }, graph.NodesByProvider!);
        Assert.Equal(new Dictionary<string, int> { ["float"] = 1, ["float16"] = 2 }, graph.InputTypes);
        Assert.Equal("fp16-mixed(2/3)", EffectivePrecision.Of(graph, Precision.Fp16));
    }

    /// <summary>An engine is named after its graph, which may be called like an operator.</summary>
    [Theory]
    [InlineData("TRTKernel_graph_1")]
    [InlineData("TRTKernel_graph_ConvNeXt_0")]
    public void An_engine_is_one_node(string name)
    {
        GraphReport graph = Read(Event(name, name, "TensorrtExecutionProvider", 1, "float"));
        Assert.Empty(graph.InputTypes);
        Assert.Equal("fp16(trt-mixed)", EffectivePrecision.Of(graph, Precision.Fp16));
    }

    [Fact]
    public void A_node_that_runs_again_and_again_is_one_node()
    {
        string node = Event("add", "MatMul", "CPUExecutionProvider", 7, "float");
        Assert.Equal(1, Read(node, node, node).Ops["MatMul"]);
        Assert.Equal(2, Read(node, Event("add", "MatMul", "CPUExecutionProvider", 8, "float")).Ops["MatMul"]);
    }

    [Fact]
    public void What_is_no_kernel_is_left_out() => Assert.Empty(Read(
        """{"cat":"Session","name":"model_run","args":{}}""", """{"cat":"Node","name":"conv1_fence_before","args":{"op_name":"Conv"}}""", """{"cat":"Node","name":"odd_kernel_time"}""").Ops);

    [Fact]
    public void The_digest_is_that_of_the_nodes_alone()
    {
        string one = Event("a", "Conv", "CPUExecutionProvider", 1, "float"), same = one.Replace("\"dur\":5", "\"dur\":77", StringComparison.Ordinal), other = one.Replace("\"float\"", "\"float16\"", StringComparison.Ordinal);
        Assert.Equal(Read(one).Sha256, Read(same).Sha256);
        Assert.NotEqual(Read(one).Sha256, Read(other).Sha256);
        Assert.Matches("^[0-9a-f]{64}$", Read(one).Sha256);
    }

    private static GraphReport Read(params string[] events) => GraphProfile.Read(new MemoryStream(Encoding.UTF8.GetBytes($"[{string.Join(",\n", events)}\n]")));

    private static string Event(string node, string op, string provider, int index, params string[] types) => $$$"""
        {"cat":"Node","pid":1,"tid":1,"dur":5,"ts":3,"ph":"X","name":"{{{node}}}_kernel_time","args":{"op_name":"{{{op}}}","provider":"{{{provider}}}","node_index":"{{{index}}}","input_type_shape":[{{{string.Join(',', types.Select(type => $$"""{"{{type}}":[1,2]}"""))}}}]}}
        """;
}
