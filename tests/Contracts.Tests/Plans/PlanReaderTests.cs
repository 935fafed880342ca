using System.Globalization;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Documents;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Tests.Plans;

public sealed class PlanReaderTests
{
    private const string Smallest = """
        name: p
        models: [AlexNet]
        latency:
          devices: [cpu]
        """;

    private const string Full = """
        name: others
        title: { en: Other models, zh-CN: 其他模型 }
        models:
          - AlexNet
          - name: my-net
            file: models/my-net.onnx
            sha256: 00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff
            image: { crop: 256, resizeShort: 292 }
            input: x
            output: softmax_0.tmp_0
          - { name: drawn, definition: models/drawn.yaml }
        latency:
          devices: [v100, t4, cpu]
          precisions: [FP32, fp16, Int8]
          batches: [1, 4, 65536]
          scope: device
          allowEmulated: true
          clocks: [FREE, base, max, 1590]
          energy: true
          providers: [CUDA, tensorrt]
          runtimes: [ort122-cuda12]
          options: { enable_cuda_graph: 1, trt_builder_optimization_level: "5", cudnn_conv_algo_search: HEURISTIC }
          include:
            - { model: alexnet, device: v100, precision: fp16, batch: 1 }
          exclude:
            - { device: v100, precision: FP16 }
            - { provider: tensorrt, runtime: ort122-cuda12, batch: 4, clocks: 1590 }
        effort: Publish
        references: [paddleclas-others-2021]
        tables: [model-page, long]
        """;

    [Fact]
    public void Every_key_of_a_plan_is_read()
    {
        BenchmarkPlan plan = Good(Full);

        Assert.Equal("others", plan.Name);
        Assert.Equal([new("en", "Other models"), new("zh-CN", "其他模型")], plan.Title);
        Assert.Equal(["AlexNet", "my-net", "drawn"], plan.Models.Select(m => m.Name));
        PlanModel file = plan.Models[1];
        Assert.Equal(
            ("models/my-net.onnx", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", 256, 292, "x", "softmax_0.tmp_0", (string?)null),
            (file.File, file.Sha256, file.Crop, file.ResizeShort, file.Input, file.Output, file.Definition));
        Assert.Equal(("models/drawn.yaml", (string?)null), (plan.Models[2].Definition, plan.Models[2].File));
        Assert.Equal(new Location("plan.yaml", 4, 5), plan.Models[0].At);
        Assert.Equal(["v100", "t4", "cpu"], plan.Latency.Devices);
        Assert.Equal([Precision.Fp32, Precision.Fp16, Precision.Int8], plan.Latency.Precisions);
        Assert.Equal([1, 4, 65536], plan.Latency.Batches);
        Assert.Equal(Scope.Device, plan.Latency.Scope);
        Assert.True(plan.Latency.AllowEmulated);
        Assert.Equal([ClockPolicy.Free, new ClockPolicy(ClockRule.Base), new ClockPolicy(ClockRule.Maximum), new ClockPolicy(ClockRule.Fixed, 1590)], plan.Latency.Clocks);
        Assert.True(plan.Latency.Energy);
        Assert.Equal(["cuda", "tensorrt"], plan.Latency.Providers);
        Assert.Equal(["ort122-cuda12"], plan.Latency.Runtimes);
        Assert.Equal(
            [new("cudnn_conv_algo_search", "HEURISTIC"), new("enable_cuda_graph", "1"), new("trt_builder_optimization_level", "5")], plan.Latency.Options);
        CellSelection include = Assert.Single(plan.Latency.Include);
        Assert.Equal(("AlexNet", "v100", Precision.Fp16, 1), (include.Model, include.Device, include.Precision, include.Batch));
        Assert.Equal(2, plan.Latency.Exclude.Count);
        Assert.Equal([null, new ClockPolicy(ClockRule.Fixed, 1590)], plan.Latency.Exclude.Select(e => e.Clocks));
        Assert.Equal(Effort.Publish, plan.Effort);
        Assert.Equal(["paddleclas-others-2021"], plan.References);
        Assert.Equal(["model-page", "long"], plan.Tables);
    }

    [Fact]
    public void A_plan_of_three_keys_has_defaults_for_the_rest()
    {
        BenchmarkPlan plan = Good(Smallest);

        Assert.Equal([new("en", "p")], plan.Title);
        Assert.Equal([Precision.Fp32], plan.Latency.Precisions);
        Assert.Equal([1], plan.Latency.Batches);
        Assert.Equal(Scope.EndToEnd, plan.Latency.Scope);
        Assert.Empty(plan.Latency.Providers);
        Assert.Empty(plan.Latency.Runtimes);
        Assert.Empty(plan.Latency.Options);
        Assert.Equal([ClockPolicy.Free], plan.Latency.Clocks);
        Assert.False(plan.Latency.Energy);
        Assert.Equal(Effort.Standard, plan.Effort);
        Assert.Empty(plan.References);
        Assert.Equal(["wide"], plan.Tables);
    }

    [Fact]
    public void A_title_in_one_language_leaves_the_name_as_the_english_one() =>
        Assert.Equal([new("en", "p"), new("zh-CN", "其他模型")], Good(Smallest + "\ntitle: { zh-CN: 其他模型 }").Title);

    [Fact]
    public void A_plain_title_is_the_english_one() => Assert.Equal([new("en", "Four nets")], Good(Smallest + "\ntitle: Four nets").Title);

    [Fact]
    public void All_problems_come_at_once_in_the_order_of_the_document()
    {
        const string Plan = """
            name: has space
            modles: [AlexNet]
            latency:
              batches: [1, 0]
              devices: [cpu, T4]
              precision: [fp32]
            effort: fast
            """;

        Assert.Equal(
            [
                "plan.yaml:1:7: name: 'has space' cannot be a name; use 1 to 64 letters, digits, '.', '_' and '-', starting with a letter or a digit",
                "plan.yaml:2:1: unknown key 'modles'; did you mean 'models'?",
                "plan.yaml:4:16: batches: expected a whole number from 1 to 65536, found '0'",
                "plan.yaml:5:18: devices: 'T4' cannot be the name of a device class; did you mean 't4'?",
                "plan.yaml:6:3: unknown key 'precision'; did you mean 'precisions'?",
                "plan.yaml:7:9: effort: 'fast' is not known; known: quick, standard, publish",
            ],
            Lines(Plan));
    }

    [Theory]
    [InlineData("name: p", "name: ''", "plan.yaml:1:7: name: '' cannot be a name; use 1 to 64 letters, digits, '.', '_' and '-', starting with a letter or a digit")]
    [InlineData("name: p", "name: -p", "plan.yaml:1:7: name: '-p' cannot be a name; use 1 to 64 letters, digits, '.', '_' and '-', starting with a letter or a digit")]
    [InlineData("name: p", "name: a.JSON", "plan.yaml:1:7: name: 'a.JSON' ends in '.json', which an address reads as a format; choose another name")]
    [InlineData("name: p", "name: [p]", "plan.yaml:1:7: name: expected a name, found a list")]
    [InlineData("name: p", "title: x", "plan.yaml:1:1: 'name' is missing")]
    [InlineData("[AlexNet]", "[]", "plan.yaml:2:9: 'models' is an empty list; write at least one value")]
    [InlineData("[AlexNet]", "AlexNet", "plan.yaml:2:9: models: expected a list: [a, b], found 'AlexNet'")]
    [InlineData("[AlexNet]", "[AlexNet, VGG11, alexnet]", "plan.yaml:2:26: models: 'alexnet' is given twice, first at plan.yaml:2:10; keep one")]
    [InlineData("[AlexNet]", "[a/b]", "plan.yaml:2:10: models: 'a/b' cannot be a name; use 1 to 64 letters, digits, '.', '_' and '-', starting with a letter or a digit")]
    [InlineData("[AlexNet]", "[{ definition: a.yaml }]", "plan.yaml:2:10: 'name' is missing")]
    [InlineData("[AlexNet]", "[{ name: a, flie: a.onnx }]", "plan.yaml:2:21: unknown key 'flie'; did you mean 'file'?")]
    [InlineData("[AlexNet]", "[{ name: a, file: a.onnx, definition: a.yaml, image: { crop: 8, resizeShort: 8 } }]", "plan.yaml:2:47: a model has a 'file' or a 'definition', not both; keep one")]
    [InlineData("[AlexNet]", "[{ name: a, input: x }]", "plan.yaml:2:28: 'input' belongs to a 'file', and there is none; add the file or remove it")]
    [InlineData("[AlexNet]", "[{ name: a, file: a.onnx, sha256: abc, image: { crop: 8, resizeShort: 8 } }]", "plan.yaml:2:43: sha256: expected 64 hexadecimal digits, found 'abc'; 'sha256sum FILE' prints them")]
    [InlineData("[AlexNet]", "[{ name: a, file: '' }]", "plan.yaml:2:27: file: expected one line of 1 to 1024 characters")]
    [InlineData("[AlexNet]", "[{ name: a, file: a.onnx }]", "plan.yaml:2:10: 'image' is missing, and a file does not say how large its images are; write image: { crop: …, resizeShort: … }")]
    [InlineData("[AlexNet]", "", "plan.yaml:2:1: 'models' is an empty list; write at least one value")]
    [InlineData("[AlexNet]", "[{ name: a, image: { crop: 224 } }]", "plan.yaml:2:28: 'resizeShort' is missing")]
    [InlineData("[AlexNet]", "[{ name: a, image: { crop: 0, resizeShort: 256 } }]", "plan.yaml:2:36: crop: expected a whole number from 1 to 16384, found '0'")]
    [InlineData("[AlexNet]", "[{ name: a, image: { crop: 256, resizeShort: 224 } }]", "plan.yaml:2:28: image: expected resizeShort of at least crop (256), found 224")]
    [InlineData("[cpu]", "[cpu, cpu]", "plan.yaml:4:18: devices: 'cpu' is given twice, first at plan.yaml:4:13; keep one")]
    [InlineData("[cpu]", "[v100, v100-sxm2-16gb]", "plan.yaml:4:19: devices: 'v100-sxm2-16gb' is already meant by 'v100' at plan.yaml:4:13; keep one")]
    [InlineData("[cpu]", "['rack=a']", "plan.yaml:4:13: devices: 'rack=a' cannot be the name of a device class; use lower-case letters, digits, '.' and '-', at most 64, such as 't4' or 'cpu'")]
    public void A_wrong_value_is_one_line_with_its_place(string part, string replacement, string expected) =>
        Assert.Equal([expected], Lines(Smallest.Replace(part, replacement, StringComparison.Ordinal)));

    [Theory]
    [InlineData("batches: [0]", "plan.yaml:5:13: batches: expected a whole number from 1 to 65536, found '0'")]
    [InlineData("batches: [-1]", "plan.yaml:5:13: batches: expected a whole number from 1 to 65536, found '-1'")]
    [InlineData("batches: [100000000]", "plan.yaml:5:13: batches: expected a whole number from 1 to 65536, found '100000000'")]
    [InlineData("batches: [65537]", "plan.yaml:5:13: batches: expected a whole number from 1 to 65536, found '65537'")]
    [InlineData("batches: [1.5]", "plan.yaml:5:13: batches: expected a whole number from 1 to 65536, found '1.5'")]
    [InlineData("batches: [99999999999999999999]", "plan.yaml:5:13: batches: expected a whole number from 1 to 65536, found '99999999999999999999'")]
    [InlineData("batches: [[1]]", "plan.yaml:5:13: batches: expected a whole number from 1 to 65536, found a list")]
    [InlineData("batches: [4, 04]", "plan.yaml:5:16: batches: '4' is given twice, first at plan.yaml:5:13; keep one")]
    [InlineData("batches: []", "plan.yaml:5:12: 'batches' is an empty list; write at least one value")]
    [InlineData("batches:", "plan.yaml:5:3: 'batches' is an empty list; write at least one value")]
    [InlineData("precisions: null", "plan.yaml:5:3: 'precisions' is an empty list; write at least one value")]
    [InlineData("providers: ~", "plan.yaml:5:3: 'providers' is an empty list; write at least one value")]
    [InlineData("exclude:", "plan.yaml:5:3: 'exclude' is an empty list; write at least one value")]
    [InlineData("include: []", "plan.yaml:5:12: 'include' is an empty list; write at least one value")]
    [InlineData("batches: 4", "plan.yaml:5:12: batches: expected a list: [a, b], found '4'")]
    [InlineData("precisions: [fp8]", "plan.yaml:5:16: precisions: 'fp8' is not known; known: fp32, fp16, int8")]
    [InlineData("precisions: [fp32, FP32]", "plan.yaml:5:22: precisions: 'fp32' is given twice, first at plan.yaml:5:16; keep one")]
    [InlineData("scope: kernel", "plan.yaml:5:10: scope: 'kernel' is not known; known: e2e, device")]
    [InlineData("providers: [rocm]", "plan.yaml:5:15: providers: 'rocm' is not known; known: cpu, cuda, tensorrt")]
    [InlineData("providers: [tensorrrt]", "plan.yaml:5:15: providers: 'tensorrrt' is not known; did you mean 'tensorrt'?")]
    [InlineData("runtimes: [./my-worker]", "plan.yaml:5:14: runtimes: './my-worker' is a path; a plan never carries an executable; name a runtime that the agent's configuration knows")]
    [InlineData("runtimes: [my_worker]", "plan.yaml:5:14: runtimes: 'my_worker' cannot be the name of a runtime; use lower-case letters, digits, '.' and '-', at most 32, such as 'ort131-cpu'")]
    [InlineData("options: [a]", "plan.yaml:5:12: options must be a mapping (name: value)")]
    [InlineData("options: { a: [1] }", "plan.yaml:5:17: options.a: expected a text or a number, found a list")]
    [InlineData("options: { a: }", "plan.yaml:5:17: options.a: expected a text or a number, found nothing")]
    [InlineData("options: { 'a b': 1 }", "plan.yaml:5:14: options: 'a b' cannot be the name of an option; use letters, digits, '_' and '.', at most 64")]
    [InlineData("options: { trt_engine_cache_path: x }", "plan.yaml:5:14: options: 'trt_engine_cache_path' names a file, a library or a program, which a plan never carries; remove it")]
    [InlineData("options: { trt_extra_plugin_lib_paths: x }", "plan.yaml:5:14: options: 'trt_extra_plugin_lib_paths' names a file, a library or a program, which a plan never carries; remove it")]
    [InlineData("options: { ep.contextFile: x }", "plan.yaml:5:14: options: 'ep.contextFile' names a file, a library or a program, which a plan never carries; remove it")]
    [InlineData("options: { executable: python }", "plan.yaml:5:14: options: 'executable' names a file, a library or a program, which a plan never carries; remove it")]
    [InlineData("options: { level: ../x }", "plan.yaml:5:21: options.level: '../x' is a path, which a plan never carries; remove it")]
    [InlineData("options: { level: evil.so }", "plan.yaml:5:21: options.level: 'evil.so' is a path, which a plan never carries; remove it")]
    [InlineData("allowEmulatd: true", "plan.yaml:5:3: unknown key 'allowEmulatd'; did you mean 'allowEmulated'?")]
    [InlineData("allowEmulated: maybe", "plan.yaml:5:18: allowEmulated: expected true or false, found 'maybe'")]
    [InlineData("clocks: base", "plan.yaml:5:11: clocks: expected a list: [a, b], found 'base'")]
    [InlineData("clocks: []", "plan.yaml:5:11: 'clocks' is an empty list; write at least one value")]
    [InlineData("clocks: [bse]", "plan.yaml:5:12: clocks: 'bse' is not a clock policy; write free, base, max, or a whole number of MHz from 100 to 10000")]
    [InlineData("clocks: [99]", "plan.yaml:5:12: clocks: '99' is not a clock policy; write free, base, max, or a whole number of MHz from 100 to 10000")]
    [InlineData("clocks: [10001]", "plan.yaml:5:12: clocks: '10001' is not a clock policy; write free, base, max, or a whole number of MHz from 100 to 10000")]
    [InlineData("clocks: [1590.5]", "plan.yaml:5:12: clocks: '1590.5' is not a clock policy; write free, base, max, or a whole number of MHz from 100 to 10000")]
    [InlineData("clocks: [{ mhz: 1 }]", "plan.yaml:5:12: clocks: expected a clock policy, found a mapping")]
    [InlineData("clocks: [max, MAX]", "plan.yaml:5:17: clocks: 'max' is given twice, first at plan.yaml:5:12; keep one")]
    [InlineData("clocks: [1590, 01590]", "plan.yaml:5:18: clocks: '1590' is given twice, first at plan.yaml:5:12; keep one")]
    [InlineData("clock: [max]", "plan.yaml:5:3: unknown key 'clock'; did you mean 'clocks'?")]
    [InlineData("energy: 1", "plan.yaml:5:11: energy: expected true or false, found '1'")]
    [InlineData("options: { cudnn_conv_algo_serch: DEFAULT }", "plan.yaml:5:14: options: cpu, cuda, tensorrt have no option 'cudnn_conv_algo_serch'; did you mean 'cudnn_conv_algo_search'?")]
    [InlineData("options: { use_tf32: 1 }", "plan.yaml:5:14: options: cpu, cuda, tensorrt have no option 'use_tf32'; known: session.intra_op.allow_spinning, cudnn_conv_algo_search, cudnn_conv_use_max_workspace, enable_cuda_graph, gpu_mem_limit, prefer_nhwc, trt_builder_optimization_level, trt_cuda_graph_enable, trt_max_workspace_size")]
    [InlineData("options: { cudnn_conv_algo_search: fast }", "plan.yaml:5:38: options.cudnn_conv_algo_search: 'fast' is not possible; it must be EXHAUSTIVE, HEURISTIC or DEFAULT")]
    [InlineData("options: { trt_builder_optimization_level: 6 }", "plan.yaml:5:46: options.trt_builder_optimization_level: '6' is not possible; it must be a whole number from 0 to 5")]
    [InlineData("options: { enable_cuda_graph: 1 }", "plan.yaml:5:33: options.enable_cuda_graph: a graph replays fixed device buffers, which only the scope 'device' has; set `scope: device`, or leave the option out")]
    [InlineData("options: { enable_cuda_graph: 1 }\n  providers: [cpu]", "plan.yaml:5:14: options: cpu has no option 'enable_cuda_graph'; known: session.intra_op.allow_spinning")]
    public void A_wrong_value_of_the_latency_section_is_one_line_with_its_place(string line, string expected) => Assert.Equal([expected], Lines($"{Smallest}\n  {line}"));

    [Theory]
    [InlineData("options: { enable_cuda_graph: 0 }")]
    [InlineData("options: { enable_cuda_graph: 1 }\n  scope: device")]
    [InlineData("options: { cudnn_conv_algo_search: HEURISTIC, trt_builder_optimization_level: 5, session.intra_op.allow_spinning: 0 }")]
    [InlineData("options: { NUM_STREAMS: 2, cudnn_conv_algo_search: whatever }\n  runtimes: [openvino-2026]")]
    [InlineData("options: { NUM_STREAMS: 2 }\n  runtimes: [ort131-cpu, openvino-2026]")]
    public void Options_that_some_runtime_of_the_plan_may_know_are_no_mistake(string lines) => Assert.Empty(PlanReader.Read($"{Smallest}\n  {lines}", "plan.yaml").Problems);

    [Theory]
    [InlineData("- { device: t4 }", "plan.yaml:8:17: exclude: device 't4' is not in the plan, so this selects nothing; known: cpu")]
    [InlineData("- { model: AlxNet }", "plan.yaml:8:16: exclude: model 'AlxNet' is not in the plan, so this selects nothing; did you mean 'AlexNet'?")]
    [InlineData("- { precision: fp16 }", "plan.yaml:8:20: exclude: precision 'fp16' is not in the plan, so this selects nothing; known: fp32")]
    [InlineData("- { batch: 8 }", "plan.yaml:8:16: exclude: batch '8' is not in the plan, so this selects nothing; known: 1, 2")]
    [InlineData("- { provider: cuda }", "plan.yaml:8:19: exclude: provider 'cuda' is not in the plan, so this selects nothing; the plan does not list any provider")]
    [InlineData("- { clocks: base }", "plan.yaml:8:17: exclude: clocks 'base' is not in the plan, so this selects nothing; known: free")]
    [InlineData("- { batch: [1] }", "plan.yaml:8:16: exclude.batch: expected one value, found a list")]
    [InlineData("- { crop: 224 }", "plan.yaml:8:7: exclude: a selection without coordinates means every cell; name at least one of model, device, precision, batch, provider, runtime, clocks",
        "plan.yaml:8:9: unknown key 'crop'; known: model, device, precision, batch, provider, runtime, clocks")]
    [InlineData("- {}", "plan.yaml:8:7: exclude: a selection without coordinates means every cell; name at least one of model, device, precision, batch, provider, runtime, clocks")]
    [InlineData("- cpu", "plan.yaml:8:7: a selection of 'exclude' must be a mapping (key: value)")]
    [InlineData("- { device: cpu }", "plan.yaml:8:5: exclude: nothing is left to measure; exclude less")]
    public void A_selection_that_selects_nothing_or_everything_is_refused(string selection, params string[] expected) =>
        Assert.Equal(expected, Lines($"{Smallest}\n  precisions: [fp32]\n  batches: [1, 2]\n  exclude:\n    {selection}"));

    [Fact]
    public void An_include_that_brings_nothing_back_is_refused() => Assert.Equal(
        ["plan.yaml:8:7: include: nothing that 'exclude' takes out is brought back; remove it: the lists make every other cell already"],
        Lines($"{Smallest}\n  batches: [1, 2]\n  exclude: [{{ batch: 2 }}]\n  include:\n    - {{ batch: 1 }}"));

    [Fact]
    public void An_include_rescues_cells_of_a_plan_that_excludes_everything()
    {
        BenchmarkPlan plan = Good($"{Smallest}\n  batches: [1, 2]\n  exclude: [{{ device: cpu }}]\n  include: [{{ batch: 2 }}]");

        Assert.Equal([2], plan.Latency.Places("AlexNet", "cpu").Select(p => p.Batch));
    }

    [Fact]
    public void A_mistake_in_a_list_is_not_told_again_by_a_selection() => Assert.Equal(
        ["plan.yaml:5:21: precisions: 'f16' is not known; did you mean 'fp16'?"],
        Lines($"{Smallest}\n  precisions: [fp32,f16]\n  exclude: [{{ precision: fp16 }}]"));

    [Fact]
    public void A_plan_of_more_cells_than_anybody_measures_is_refused()
    {
        string batches = string.Join(", ", Enumerable.Range(1, 50_001).Select(b => b.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(
            ["plan.yaml:4:3: latency: the lists make 100002 cells; at most 100000 are measured by one plan"],
            Lines($"{Smallest}\n  precisions: [fp32, fp16]\n  batches: [{batches}]"));
    }

    [Fact]
    public void Accuracy_is_answered_with_one_line() => Assert.Equal(
        ["plan.yaml:5:1: accuracy jobs are not part of this version; remove the section"],
        Lines($"{Smallest}\naccuracy:\n  dataset: imagenet-val\n  anything: 1"));

    [Theory]
    [InlineData("title: { zh: x }", "plan.yaml:5:10: unknown key 'zh'; known: en, zh-CN")]
    [InlineData("title: ''", "plan.yaml:5:8: title: expected one line of 1 to 200 characters")]
    [InlineData("title: [a]", "plan.yaml:5:8: title: expected a text, found a list")]
    [InlineData("tables: [Model_Page]", "plan.yaml:5:10: tables: 'Model_Page' cannot be the name of a layout; use lower-case letters, digits and '-', at most 64, such as 'model-page'")]
    [InlineData("tables: [{ rows: model }]", "plan.yaml:5:10: tables: expected the name of a layout, found a mapping")]
    [InlineData("tables: [modle-page]", "plan.yaml:5:10: tables: 'modle-page' is not known; did you mean 'model-page'?")]
    [InlineData("references: [paddle]", "plan.yaml:5:14: references: 'paddle' is not known; known: paddleclas-others-2021")]
    [InlineData("references: [a, A]", "plan.yaml:5:14: references: 'a' is not known; known: paddleclas-others-2021", "plan.yaml:5:17: references: 'A' is not known; known: paddleclas-others-2021")]
    public void A_name_outside_the_plan_is_checked_where_the_caller_knows_it(string line, params string[] expected)
    {
        var known = new PlanVocabulary { Layouts = ["wide", "model-page"], References = ["paddleclas-others-2021"] };

        Assert.Equal(expected, PlanReader.Read($"{Smallest}\n{line}", "plan.yaml", known).Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void A_name_outside_the_plan_is_not_checked_where_the_caller_does_not() => Assert.Equal(["my-own"], Good($"{Smallest}\ntables: [my-own]").Tables);

    [Theory]
    [InlineData("", "plan.yaml: the file is empty; write a mapping")]
    [InlineData("- a", "plan.yaml:1:1: a plan must be a mapping (key: value)")]
    [InlineData("name: p\nname: q", "plan.yaml:2:1: 'name' is given twice, first at line 1; keep one")]
    [InlineData("name: &a p", "plan.yaml:1:7: anchors and aliases are not read; write the value out")]
    public void A_text_that_is_no_plan_is_refused(string text, string expected) => Assert.Equal([expected], Lines(text));

    [Theory]
    [InlineData("quickstart.yaml", 6)]
    [InlineData("others.yaml", 120)]
    public void A_shipped_plan_is_good(string file, int places)
    {
        string source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ShippedPlans", file));

        BenchmarkPlan plan = Good(source);

        Assert.Equal(Path.GetFileNameWithoutExtension(file), plan.Name);
        Assert.Equal(["en", "zh-CN"], plan.Title.Keys);
        Assert.Equal(["model-page"], plan.Tables);
        Assert.Equal(places, plan.Models.Sum(m => plan.Latency.Devices.Sum(d => plan.Latency.Places(m.Name, d).Count())));
    }

    [Fact]
    public void The_version_of_a_plan_is_the_hash_of_its_bytes()
    {
        Assert.Equal("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", PlanReading.Sha256("x"));
        Assert.NotEqual(PlanReading.Sha256(Smallest), PlanReading.Sha256(Smallest + "\n"));
    }

    private static BenchmarkPlan Good(string yaml)
    {
        PlanReading reading = PlanReader.Read(yaml, "plan.yaml");
        Assert.Empty(reading.Problems);
        Assert.NotNull(reading.Plan);
        return reading.Plan;
    }

    private static IEnumerable<string> Lines(string yaml)
    {
        PlanReading reading = PlanReader.Read(yaml, "plan.yaml");
        Assert.Null(reading.Plan);
        return reading.Problems.Select(p => p.ToString());
    }
}
