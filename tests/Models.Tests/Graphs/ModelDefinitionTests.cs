using Fleetmark.Documents;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Models.Tests.Graphs;

public sealed class ModelDefinitionTests
{
    [Fact]
    public void A_ninth_model_reads_without_code()
    {
        ModelDefinition definition = TinyRes.Definition;
        Assert.Equal("tiny-res", definition.Name);
        Assert.Equal(10, definition.Classes);
        Assert.Equal(new Extent(1, 7), definition.Nodes.Single(n => n.Id == "a2").Window!.Kernel);
        Assert.Equal(16, definition.Nodes.Single(n => n.Id == "b1").Groups);
        Assert.Equal(["gate", "b2", "shrink"], definition.Nodes.Single(n => n.Id == "b").Inputs);
        Assert.Equal(["pool"], definition.Nodes.Single(n => n.Id == "left").Inputs);
        Assert.Equal(1e-5f, definition.BatchNormEpsilon);
    }

    [Fact]
    public void The_example_in_the_documentation_is_a_definition()
    {
        string page = TestData.Text("models.md");
        string example = page.Split("```yaml\n")[1].Split("```")[0];
        Assert.Equal("my-net", ModelDefinition.Read(example, "models.md").Name);
    }

    [Fact]
    public void Built_in_definitions_say_where_they_come_from_and_how_images_are_cut()
    {
        ModelDefinition definition = ModelZoo.BuiltIn.Find("DarkNet53", "");
        Assert.Equal(new ImageSizes(256, 256), definition.Image);
        Assert.Equal(new ImageSizes(256, 292), definition.UpstreamImage);
        Assert.Equal("ppcls/arch/backbone/model_zoo/darknet.py", definition.Source!.File);
    }

    [Theory]
    [InlineData("cin: 16, cout: 4", "cin: 12, cout: 4", "tiny-res.yaml:13:5: node 'excite1': cin: expected 16, the channels of 'squeeze', found 12")]
    [InlineData("out: [40, 4, 4]}\n  - {id: half", "out: [40, 4, 5]}\n  - {id: half", "tiny-res.yaml:22:52: node 'both': out: expected [40, 4, 4] as computed, found [40, 4, 5]")]
    [InlineData("op: scale", "op: scales", "tiny-res.yaml:23:20: node 'half': op: 'scales' is not known; did you mean 'scale'?")]
    [InlineData("act: swish", "act: swisch", "tiny-res.yaml:20:80: node 'left': act: 'swisch' is not known; did you mean 'swish'?")]
    [InlineData("value: 0.5", "valeu: 0.5", "tiny-res.yaml:23:27: node 'half': unknown key 'valeu'; did you mean 'value'?")]
    [InlineData("value: 0.5, ", "value: 0.5, factor: 2, ", "tiny-res.yaml:23:39: node 'half': unknown key 'factor'")]
    [InlineData("id: half", "id: both", "tiny-res.yaml:23:10: node 'both': id: expected a new name, found the one of line 22")]
    [InlineData("id: half", "id: logits", "tiny-res.yaml:23:10: node 'logits': id: 'logits' is the name of the model's input or output; rename the node")]
    [InlineData("id: half", "id: ha.lf", "tiny-res.yaml:23:10: node 'ha.lf': id: expected letters, digits, '_' and '-'")]
    [InlineData("in: [stem, a2]", "in: [steam, a2]", "tiny-res.yaml:10:27: node 'a': in: expected the id of an earlier node, found 'steam'; did you mean 'stem'?")]
    [InlineData("in: [stem, a2]", "in: [gate, a2]", "tiny-res.yaml:10:27: node 'a': in: expected an earlier node, found 'gate' of line 15")]
    [InlineData("in: [stem, a2]", "in: [a2]", "tiny-res.yaml:10:26: node 'a': in: expected at least two inputs, found 1")]
    [InlineData("in: [stem, a2], ", "", "tiny-res.yaml:10:5: node 'a': in: expected at least two inputs, found none; write in: [a, b]")]
    [InlineData("op: maxpool, in: pool", "op: maxpool, in: [pool, left]", "tiny-res.yaml:21:34: node 'right': in: expected one input, found 2")]
    [InlineData("g: 4,", "g: 3,", "tiny-res.yaml:8:5: node 'a1': g: expected a divisor of cin (16), found 3")]
    [InlineData("in: [stem, a2]", "in: [x, a2]", "tiny-res.yaml:10:5: node 'a': the inputs: expected equal shapes, found [3, 64, 64], [16, 32, 32]")]
    [InlineData("in: [left, right]", "in: [left, pool]", "tiny-res.yaml:22:5: node 'both': the inputs: expected equal height and width, found [24, 4, 4], [16, 8, 8]")]
    [InlineData("k: 3, s: 2, p: 1, out: [16, 16", "k: 35, s: 2, p: 1, out: [16, 16", "tiny-res.yaml:11:5: node 'shrink': the window: expected one that fits the padded input 32x32, found 35x35 with padding 1x1")]
    [InlineData("k: 3, s: 2, p: 1, out: [16, 16", "k: 3, s: 2, p: 3, out: [16, 16", "tiny-res.yaml:11:5: node 'shrink': p: expected less than the window (3x3), found 3x3")]
    [InlineData("k: 3, s: 2, p: 0, ceil: true", "k: 1, s: 9, p: 0, ceil: true", "tiny-res.yaml:19:5: node 'pool': ceil: the last window starts in the padding")]
    [InlineData("k: [1, 7]", "k: [1, 7, 1]", "tiny-res.yaml:9:46: node 'a2': k: expected a number or [h, w], found 3 values")]
    [InlineData("k: [1, 7]", "k: [1, x]", "tiny-res.yaml:9:50: node 'a2': k: expected a whole number from 1 to 1024, found 'x'")]
    [InlineData("  - {id: flat, op: flatten, axis: 1, out: [640]}\n", "", "tiny-res.yaml:24:5: node 'fc': the input: expected [640], found [40, 4, 4]; put a flatten before it")]
    [InlineData("  - {id: fc, op: fc, cin: 640, cout: 10, bias: true, out: [10]}\n", "", "tiny-res.yaml:24:5: node 'flat': the last node: expected the output's [10], found [640]")]
    [InlineData("op: maxpool, in: pool", "op: maxpool, in: b", "tiny-res.yaml:21:73: node 'right': out: expected [16, 8, 8] as computed, found [16, 4, 4]")]
    [InlineData("model: tiny-res", "model: tiny res", "tiny-res.yaml:2:8: model name 'tiny res' has other characters")]
    [InlineData("model: tiny-res\n", "", "tiny-res.yaml:2:1: 'model' is missing")]
    [InlineData("image: {crop: 64, resizeShort: 72}\n", "", "tiny-res.yaml:2:1: 'image' is missing")]
    [InlineData("image: {crop: 64", "image: {crop: 60", "tiny-res.yaml:5:8: image.crop: expected the input's height and width, found 60 for [3, 64, 64]")]
    [InlineData("resizeShort: 72", "resizeShort: 50", "tiny-res.yaml:5:8: image: expected resizeShort of at least crop (64), found 50")]
    [InlineData("shape: [N, 3, 64, 64]", "shape: [1, 3, 64, 64]", "tiny-res.yaml:3:41: input.shape: expected 4 sizes of which the first is N")]
    [InlineData("image: {", "conventions: {layout: NHWC}\nimage: {", "tiny-res.yaml:5:23: layout: expected NCHW, found NHWC; conventions cannot be changed")]
    [InlineData("image: {", "conventions: {bn: {eps: 0}}\nimage: {", "tiny-res.yaml:5:19: eps: expected a number above 0 and at most 1, found 0")]
    [InlineData("image: {", "pictures: 1\nimage: {", "tiny-res.yaml:5:1: unknown key 'pictures'")]
    [InlineData("cin: 640, cout: 10, bias: true", "cin: 640, cout: 10", "tiny-res.yaml:25:5: node 'fc': 'bias' is missing")]
    [InlineData("cout: 10, bias: true, out: [10]", "cout: 10, bias: true", "tiny-res.yaml:25:5: node 'fc': 'out' is missing; the computed shape is [10]")]
    [InlineData("p: [0, 3], bias: false, bn: true, out: [16, 32, 32]", "p: [0, 3], bias: false, bn: true, out: [16, 32]", "tiny-res.yaml:9:99: node 'a2': out: expected [C, H, W] or [C], found 2 sizes")]
    public void A_mistake_is_told_with_its_place(string piece, string replacement, string problem)
    {
        var e = Assert.Throws<ProblemException>(() => ModelDefinition.Read(TinyRes.With(piece, replacement), "tiny-res.yaml"));
        Assert.Contains(e.Problems, p => p.ToString().StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mistake_is_told_at_once_and_only_once()
    {
        string yaml = TinyRes.Yaml.Replace("cin: 16, cout: 4", "cin: 12, cout: 4", StringComparison.Ordinal)
            .Replace("op: scale, value: 0.5", "op: scale, value: much", StringComparison.Ordinal)
            .Replace("k: [1, 7]", "k: [1, 0]", StringComparison.Ordinal);
        var e = Assert.Throws<ProblemException>(() => ModelDefinition.Read(yaml, "n.yaml"));
        Assert.Equal(["node 'a2': k:", "node 'excite1': cin:", "node 'half': value:"], e.Problems.Select(p => p.What[..(p.What.LastIndexOf(": expected", StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public void A_node_that_nothing_reads_is_refused()
    {
        string yaml = TinyRes.With("  - {id: pool,", "  - {id: stray, op: globalavgpool, in: a, out: [16, 1, 1]}\n  - {id: pool, in: b,");
        var e = Assert.Throws<ProblemException>(() => ModelDefinition.Read(yaml, "n.yaml"));
        Assert.Equal("n.yaml:19:5: node 'stray': expected a node that reads it, found none; use it or leave it out", Assert.Single(e.Problems).ToString());
    }

    [Fact]
    public void Too_much_work_for_the_arithmetic_is_refused()
    {
        string yaml = """
            model: huge
            input: {name: x, dtype: float32, shape: [N, 1048, 16384, 16384]}
            output: {name: logits, dtype: float32, shape: [N, 4]}
            image: {crop: 16384, resizeShort: 16384}
            layers:
              - {id: c, op: conv, cin: 1048, cout: 1048576, k: 1024, s: 1, p: 512, bias: false, out: [1048576, 16385, 16385]}
            """;
        var e = Assert.Throws<ProblemException>(() => ModelDefinition.Read(yaml, "huge.yaml"));
        Assert.Contains(e.Problems, p => p.Code == "too-large");
    }

    [Fact]
    public void The_digest_ignores_comments_spelling_and_upstream_names()
    {
        string other = TinyRes.Yaml.Replace("act: relu6", "act: RELU6, pd: somewhere", StringComparison.Ordinal).Replace("k: 3, s: 2, p: 1", "k: [3, 3], s: 2, p: 1, g: 1", StringComparison.Ordinal)
            .Replace(", p: 1, g: 1, out: [16, 16, 16]}", ", p: 1, out: [16, 16, 16]}", StringComparison.Ordinal).ReplaceLineEndings("\r\n") + "# the end\r\n";
        Assert.Equal(TinyRes.Definition.Digest, ModelDefinition.Read(other, "elsewhere.yaml").Digest);
    }

    [Theory]
    [InlineData("model: tiny-res", "model: tiny-ros")]
    [InlineData("value: 0.5", "value: 0.25")]
    [InlineData("act: relu6", "act: relu")]
    [InlineData("k: 3, s: 1, p: 2, g: 16, d: 2", "k: 3, s: 1, p: 1, g: 16, d: 1")]
    [InlineData("cin: 640, cout: 10, bias: true", "cin: 640, cout: 10, bias: false")]
    [InlineData("image: {", "conventions: {bn: {eps: 0.001}}\nimage: {")]
    public void The_digest_tells_definitions_apart(string piece, string replacement) =>
        Assert.NotEqual(TinyRes.Definition.Digest, ModelDefinition.Read(TinyRes.With(piece, replacement), "n.yaml").Digest);

    [Fact]
    public void A_missing_file_is_a_problem_with_its_path()
    {
        var e = Assert.Throws<ProblemException>(() => ModelDefinition.ReadFile("/nowhere/net.yaml"));
        Assert.Equal("/nowhere/net.yaml: there is no such definition file; check the path", e.Problems[0].ToString());
    }

    [Fact]
    public void A_device_is_no_definition_and_is_not_read_without_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no such file");
        Assert.Equal("definition-empty", Assert.Throws<ProblemException>(() => ModelDefinition.ReadFile("/dev/zero")).Problems[0].Code);
    }
}
