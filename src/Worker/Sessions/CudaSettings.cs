using Fleetmark.Measurement.Providers;
using Fleetmark.Worker.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Fleetmark.Worker.Sessions;

/// <summary>A session on an NVIDIA GPU through CUDA, cuDNN and cuBLAS. The worker sees one GPU only, so it is always number 0.</summary>
internal sealed class CudaSettings : SessionSettings
{
    /// <summary>The provider.</summary>
    internal static readonly ExecutionProvider Provider = new()
    {
        Name = KnownProviders.Cuda,
        Settings = launch => new CudaSettings(launch.Threads, launch.Options),
        PrecisionsOn = ExecutionProvider.OfNvidia,
        Memory = DeviceMemory.Cuda,
    };

    /// <summary>Without them a number would mean something else: TF32 is not FP32, and a CUDA graph is a cell of its own.</summary>
    private static readonly string[] Essential = ["device_id", "use_tf32", "enable_cuda_graph", "cudnn_conv_algo_search"];

    private readonly SortedDictionary<string, string> _wanted = new(StringComparer.Ordinal)
    {
        ["device_id"] = "0",
        ["arena_extend_strategy"] = "kSameAsRequested",
        ["gpu_mem_limit"] = "18446744073709551615", // no limit
        ["cudnn_conv_algo_search"] = "EXHAUSTIVE",
        ["cudnn_conv_use_max_workspace"] = "1",
        ["cudnn_conv1d_pad_to_nc1d"] = "0",
        ["do_copy_in_default_stream"] = "1",
        ["enable_cuda_graph"] = "0",
        ["fuse_conv_bias"] = "0",
        ["prefer_nhwc"] = "0",
        ["use_ep_level_unified_stream"] = "0",
        ["use_tf32"] = "0",
    };

    private readonly string[] _ofPlan;
    private IReadOnlyDictionary<string, string>? _told;

    /// <summary>Settings for a launch.</summary>
    /// <param name="threads">Threads of operators that run on the host, at least 1.</param>
    /// <param name="options">What the plan sets.</param>
    /// <exception cref="WorkerException">An option is not known, or has a value it cannot have.</exception>
    internal CudaSettings(int threads, IReadOnlyDictionary<string, string> options) : base(KnownProviders.Cuda, threads, options)
    {
        _ofPlan = [.. options.Keys.Where(_wanted.ContainsKey)];
        foreach (string key in _ofPlan) _wanted[key] = options[key];
    }

    /// <inheritdoc/>
    protected override void Append(SessionOptions options)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(ProviderOptionText.Cut(_wanted, Essential.Concat(_ofPlan), ProviderOptionText.Parse(cuda.GetOptions())));
        _told = ProviderOptionText.WithoutPlaces(ProviderOptionText.Parse(cuda.GetOptions()));
        options.AppendExecutionProvider_CUDA(cuda);
    }

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> OfProvider() => _told ?? _wanted;
}
