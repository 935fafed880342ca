using Fleetmark.Measurement.Providers;

namespace Fleetmark.Measurement.Tests.Providers;

public sealed class KnownProvidersTests
{
    [Theory]
    [InlineData("cpu", "session.intra_op.allow_spinning")]
    [InlineData("cuda", "session.intra_op.allow_spinning", "cudnn_conv_algo_search", "cudnn_conv_use_max_workspace", "enable_cuda_graph", "gpu_mem_limit", "prefer_nhwc")]
    [InlineData("tensorrt", "session.intra_op.allow_spinning", "trt_builder_optimization_level", "trt_cuda_graph_enable", "trt_max_workspace_size")]
    [InlineData("openvino")]
    public void A_plan_may_set_these_options_and_no_other(string provider, params string[] options) =>
        Assert.Equal(options, KnownProviders.OptionsOf(provider).Select(option => option.Name));

    [Theory]
    [InlineData("cuda", "cudnn_conv_algo_search", "HEURISTIC", true)]
    [InlineData("cuda", "cudnn_conv_algo_search", "heuristic", false)]
    [InlineData("cuda", "enable_cuda_graph", "1", true)]
    [InlineData("cuda", "enable_cuda_graph", "2", false)]
    [InlineData("cuda", "enable_cuda_graph", "", false)]
    [InlineData("cuda", "gpu_mem_limit", "1048576", true)]
    [InlineData("cuda", "gpu_mem_limit", "1048575", false)]
    [InlineData("cuda", "gpu_mem_limit", "-1", false)]
    [InlineData("cuda", "gpu_mem_limit", "99999999999999999999", false)]
    [InlineData("tensorrt", "trt_builder_optimization_level", "0", true)]
    [InlineData("tensorrt", "trt_builder_optimization_level", "5", true)]
    [InlineData("tensorrt", "trt_builder_optimization_level", "6", false)]
    [InlineData("tensorrt", "trt_builder_optimization_level", "+5", false)]
    public void An_option_has_the_values_its_rule_tells(string provider, string option, string value, bool allowed) =>
        Assert.Equal(allowed, KnownProviders.Find(provider, option)!.Allows(value));

    [Theory]
    [InlineData("cuda", "cudnn_conv_algo_search", "must be EXHAUSTIVE, HEURISTIC or DEFAULT")]
    [InlineData("cuda", "prefer_nhwc", "must be 0 or 1")]
    [InlineData("tensorrt", "trt_builder_optimization_level", "must be a whole number from 0 to 5")]
    public void A_rule_says_what_would_be_right(string provider, string option, string rule) => Assert.Equal(rule, KnownProviders.Find(provider, option)!.Rule);

    [Theory]
    [InlineData("cuda", "enable_cuda_graph", "1", true)]
    [InlineData("cuda", "enable_cuda_graph", "0", false)]
    [InlineData("tensorrt", "trt_cuda_graph_enable", "1", true)]
    [InlineData("cuda", "prefer_nhwc", "1", false)]
    public void Graphs_replay_fixed_buffers(string provider, string option, string value, bool needed) =>
        Assert.Equal(needed, KnownProviders.Find(provider, option)!.NeedsDeviceScope(value));

    [Fact]
    public void No_option_takes_a_path() => Assert.All(
        KnownProviders.Names.SelectMany(KnownProviders.OptionsOf),
        option => Assert.All(["/etc/passwd", "../x", "evil.so", "~"], path => Assert.False(option.Allows(path), $"{option.Name} takes {path}")));

    [Fact]
    public void An_option_of_one_provider_is_none_of_another() => Assert.Null(KnownProviders.Find("cpu", "enable_cuda_graph"));
}
