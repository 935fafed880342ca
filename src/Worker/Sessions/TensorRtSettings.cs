using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Providers;
using Fleetmark.Worker.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// A session on an NVIDIA GPU through TensorRT, and through nothing else: no CUDA provider stands behind it, so that an operator TensorRT lacks fails instead of being
/// timed under the wrong name.
/// </summary>
internal sealed class TensorRtSettings : SessionSettings
{
    /// <summary>The provider.</summary>
    internal static readonly ExecutionProvider Provider = new()
    {
        Name = KnownProviders.TensorRt,
        Settings = launch => new TensorRtSettings(launch),
        PrecisionsOn = ExecutionProvider.OfNvidia,
        Memory = DeviceMemory.Cuda,
    };

    /// <summary>Without them a number would mean something else.</summary>
    private static readonly string[] Essential = ["device_id", "trt_fp16_enable", "trt_engine_cache_enable", "trt_engine_cache_path"];

    private readonly SortedDictionary<string, string> _wanted = new(StringComparer.Ordinal)
    {
        ["device_id"] = "0",
        ["trt_auxiliary_streams"] = "-1", // TensorRT's own choice
        ["trt_build_heuristics_enable"] = "0",
        ["trt_builder_optimization_level"] = "3",
        ["trt_context_memory_sharing_enable"] = "0",
        ["trt_cuda_graph_enable"] = "0",
        ["trt_detailed_build_log"] = "0",
        ["trt_dla_enable"] = "0",
        ["trt_dump_subgraphs"] = "0",
        ["trt_engine_cache_enable"] = "1",
        ["trt_engine_hw_compatible"] = "0",
        ["trt_force_sequential_engine_build"] = "0",
        ["trt_force_timing_cache"] = "0",
        ["trt_fp16_enable"] = "0",
        ["trt_int8_enable"] = "0",
        ["trt_layer_norm_fp32_fallback"] = "0",
        ["trt_max_partition_iterations"] = "1000",
        ["trt_max_workspace_size"] = "4294967296",
        ["trt_min_subgraph_size"] = "1",
        ["trt_sparsity_enable"] = "0",
        ["trt_timing_cache_enable"] = "1",
    };

    private readonly LaunchRequest _launch;
    private readonly string[] _ofPlan;
    private IReadOnlyDictionary<string, string>? _told;
    private EngineCache? _cache;

    /// <summary>Settings for a launch.</summary>
    /// <exception cref="WorkerException">An option is not known, or has a value it cannot have.</exception>
    internal TensorRtSettings(LaunchRequest launch) : base(KnownProviders.TensorRt, launch.Threads, launch.Options)
    {
        _launch = launch;
        _ofPlan = [.. launch.Options.Keys.Where(_wanted.ContainsKey)];
        foreach (string key in _ofPlan) _wanted[key] = launch.Options[key];
        if (launch.Precision == Precision.Fp16) _wanted["trt_fp16_enable"] = "1";
    }

    /// <inheritdoc/>
    internal override string? Engine => _cache?.Outcome();

    /// <summary>Also one optimisation profile: the shape of the cell and no other.</summary>
    internal override void FixDimensions(OnnxInput input, IReadOnlyList<int> shape)
    {
        base.FixDimensions(input, shape);
        string profile = $"{input.Name}:{string.Join('x', shape)}";
        foreach (string key in (string[])["trt_profile_min_shapes", "trt_profile_opt_shapes", "trt_profile_max_shapes"]) _wanted[key] = profile;
    }

    /// <inheritdoc/>
    protected override void Append(SessionOptions options)
    {
        using var tensorRt = new OrtTensorRTProviderOptions();
        _cache = EngineCache.Open(_launch, _wanted);
        var wanted = new Dictionary<string, string>(_wanted, StringComparer.Ordinal) { ["trt_engine_cache_path"] = _cache.Folder, ["trt_timing_cache_path"] = _cache.Folder };
        tensorRt.UpdateOptions(ProviderOptionText.Cut(wanted, Essential.Concat(_ofPlan), ProviderOptionText.Parse(tensorRt.GetOptions())));
        _told = ProviderOptionText.WithoutPlaces(ProviderOptionText.Parse(tensorRt.GetOptions()));
        options.AppendExecutionProvider_Tensorrt(tensorRt);
    }

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> OfProvider() => _told ?? _wanted;
}
