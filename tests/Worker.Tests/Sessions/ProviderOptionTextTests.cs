using Fleetmark.Worker.Protocol;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Tests.Sessions;

public sealed class ProviderOptionTextTests
{
    [Fact]
    public void Options_are_read_as_the_runtime_tells_them() => Assert.Equal(
        new Dictionary<string, string> { ["device_id"] = "0", ["trt_engine_cache_path"] = "", ["trt_profile_min_shapes"] = "x:1x3x8x8", ["odd"] = "a=b", ["bare"] = "" },
        ProviderOptionText.Parse("device_id=0;trt_engine_cache_path=;trt_profile_min_shapes=x:1x3x8x8;odd=a=b;bare;"));

    [Fact]
    public void What_a_version_does_not_know_is_not_set()
    {
        Dictionary<string, string> set = ProviderOptionText.Cut(Options(("use_tf32", "0"), ("fuse_conv_bias", "0")), ["use_tf32"], Options(("use_tf32", "1"), ("sdpa_kernel", "0")));
        Assert.Equal(Options(("use_tf32", "0")), set);
    }

    [Fact]
    public void What_a_plan_sets_or_a_number_depends_on_must_be_known()
    {
        var refused = Assert.Throws<WorkerException>(() => ProviderOptionText.Cut(Options(("prefer_nhwc", "1")), ["prefer_nhwc"], Options(("use_tf32", "1"))));
        Assert.Equal("flavour ort131-cpu has no option 'prefer_nhwc'", refused.Message);
    }

    [Fact]
    public void Addresses_and_places_are_no_part_of_a_report() => Assert.Equal(
        Options(("use_tf32", "0")),
        ProviderOptionText.WithoutPlaces(Options(
            ("use_tf32", "0"), ("user_compute_stream", "0x1"), ("gpu_external_alloc", "7"), ("trt_engine_cache_path", "/x"), ("trt_engine_cache_prefix", "y"), ("trt_extra_plugin_lib_paths", "z"))));

    private static Dictionary<string, string> Options(params (string Key, string Value)[] options) => options.ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);
}
