using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Tests.Sessions;

/// <summary>Every option is pinned here: one that changes changes what a number means.</summary>
public sealed class SessionSettingsTests(ModelFolder models) : IClassFixture<ModelFolder>
{
    private const string EverySession = """
        enable_cpu_mem_arena=1
        enable_mem_pattern=1
        enable_profiling=0
        execution_mode=ORT_SEQUENTIAL
        free_dimension.N=4
        graph_optimization_level=ORT_ENABLE_ALL
        inter_op_num_threads=1
        intra_op_num_threads=2
        session.inter_op.allow_spinning=0
        session.set_denormal_as_zero=0
        """;

    private const string OnGpu = """
        device_id=0
        session.disable_cpu_ep_fallback=1
        session.intra_op.allow_spinning=0
        """;

    private const string Cuda = """
        arena_extend_strategy=kSameAsRequested
        cudnn_conv1d_pad_to_nc1d=0
        cudnn_conv_algo_search=EXHAUSTIVE
        cudnn_conv_use_max_workspace=1
        do_copy_in_default_stream=1
        enable_cuda_graph=0
        fuse_conv_bias=0
        gpu_mem_limit=18446744073709551615
        prefer_nhwc=0
        use_ep_level_unified_stream=0
        use_tf32=0
        """;

    private const string TensorRt = """
        trt_auxiliary_streams=-1
        trt_build_heuristics_enable=0
        trt_builder_optimization_level=3
        trt_context_memory_sharing_enable=0
        trt_cuda_graph_enable=0
        trt_detailed_build_log=0
        trt_dla_enable=0
        trt_dump_subgraphs=0
        trt_engine_cache_enable=1
        trt_engine_hw_compatible=0
        trt_force_sequential_engine_build=0
        trt_force_timing_cache=0
        trt_fp16_enable=0
        trt_int8_enable=0
        trt_layer_norm_fp32_fallback=0
        trt_max_partition_iterations=1000
        trt_max_workspace_size=4294967296
        trt_min_subgraph_size=1
        trt_profile_max_shapes=x:4x3x8x8
        trt_profile_min_shapes=x:4x3x8x8
        trt_profile_opt_shapes=x:4x3x8x8
        trt_sparsity_enable=0
        trt_timing_cache_enable=1
        """;

    [Theory]
    [InlineData("cpu", EverySession, "session.intra_op.allow_spinning=1")]
    [InlineData("cuda", EverySession, OnGpu, Cuda)]
    [InlineData("tensorrt", EverySession, OnGpu, TensorRt)]
    public void Every_option_of_a_provider_is_set_and_reported(string provider, params string[] expected) => Assert.Equal(
        string.Join('\n', expected).Split('\n').Order(StringComparer.Ordinal),
        Settings(provider).Effective().Select(option => $"{option.Key}={option.Value}").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("cpu", "session.intra_op.allow_spinning", "0")]
    [InlineData("cuda", "session.intra_op.allow_spinning", "1")]
    [InlineData("cuda", "cudnn_conv_algo_search", "HEURISTIC")]
    [InlineData("cuda", "cudnn_conv_use_max_workspace", "0")]
    [InlineData("cuda", "prefer_nhwc", "1")]
    [InlineData("cuda", "gpu_mem_limit", "2147483648")]
    [InlineData("cuda", "enable_cuda_graph", "1")]
    [InlineData("tensorrt", "trt_builder_optimization_level", "5")]
    [InlineData("tensorrt", "trt_max_workspace_size", "1073741824")]
    [InlineData("tensorrt", "trt_cuda_graph_enable", "1")]
    public void A_plan_sets_what_it_may(string provider, string key, string value) =>
        Assert.Equal(value, Settings(provider, new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }).Effective()[key]);

    [Theory]
    [InlineData("cuda", "use_tf32", "1", "option 'use_tf32' is not known to the cuda provider")]
    [InlineData("cuda", "trt_builder_optimization_level", "1", "is not known to the cuda provider")]
    [InlineData("tensorrt", "trt_engine_cache_path", "/tmp", "is not known to the tensorrt provider")]
    [InlineData("tensorrt", "trt_extra_plugin_lib_paths", "evil.so", "is not known to the tensorrt provider")]
    [InlineData("tensorrt", "trt_fp16_enable", "1", "is not known to the tensorrt provider")]
    [InlineData("cuda", "cudnn_conv_algo_search", "/etc/passwd", "must be EXHAUSTIVE, HEURISTIC or DEFAULT")]
    [InlineData("tensorrt", "trt_builder_optimization_level", "9", "must be a whole number from 0 to 5")]
    [InlineData("cpu", "session.disable_cpu_ep_fallback", "0", "is not known to the cpu provider")]
    public void A_plan_sets_nothing_else(string provider, string key, string value, string text)
    {
        var refused = Assert.Throws<WorkerException>(() => Settings(provider, new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }));
        Assert.Equal(WorkerErrorCode.Unsupported, refused.Code);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TensorRt_computes_in_fp16_only_when_asked() =>
        Assert.Equal("1", ExecutionProvider.Find("tensorrt")!.Settings(Launch("tensorrt") with { Precision = Precision.Fp16 }).Effective()["trt_fp16_enable"]);

    [Theory]
    [InlineData("cuda", "CUDA execution provider is not enabled in this build")]
    [InlineData("tensorrt", "TensorRT execution provider is not enabled in this build")]
    public void A_package_without_the_provider_says_so_when_a_session_is_made(string provider, string text) =>
        Assert.Contains(text, Assert.Throws<OnnxRuntimeException>(() => Settings(provider).Create()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_nobody_has_is_no_provider() => Assert.Null(ExecutionProvider.Find("openvino"));

    private SessionSettings Settings(string provider, Dictionary<string, string>? options = null)
    {
        SessionSettings settings = ExecutionProvider.Find(provider)!.Settings(Launch(provider) with { Options = options! });
        settings.FixDimensions(new OnnxInput("x", ["N", "", "", ""]), [4, 3, 8, 8]);
        return settings;
    }

    private LaunchRequest Launch(string provider) => models.Launch(batch: 4) with { Provider = provider, Threads = 2, Scope = Scope.Device };
}
