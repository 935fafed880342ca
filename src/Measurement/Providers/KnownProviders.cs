namespace Fleetmark.Measurement.Providers;

/// <summary>
/// The execution providers of our own workers, and which of their options a plan may set. Everything else about a session is fixed by the protocol, because it decides
/// what a number means. Foreign runtimes have options of their own, which they list in <c>capabilities</c>.
/// </summary>
public static class KnownProviders
{
    /// <summary>The CPU.</summary>
    public const string Cpu = "cpu";

    /// <summary>NVIDIA CUDA.</summary>
    public const string Cuda = "cuda";

    /// <summary>NVIDIA TensorRT.</summary>
    public const string TensorRt = "tensorrt";

    private const long SmallestMemory = 1 << 20;
    private const long LargestMemory = 1L << 40;
    private const long HighestBuilderLevel = 5;

    /// <summary>Whether the threads of an operator spin while they wait.</summary>
    private static readonly ProviderOption Spinning = ProviderOption.Flag("session.intra_op.allow_spinning");

    private static readonly Dictionary<string, IReadOnlyList<ProviderOption>> Table = new(StringComparer.Ordinal)
    {
        [Cpu] = [Spinning],
        [Cuda] =
        [
            Spinning,
            ProviderOption.Choice("cudnn_conv_algo_search", "EXHAUSTIVE", "HEURISTIC", "DEFAULT"),
            ProviderOption.Flag("cudnn_conv_use_max_workspace"),
            ProviderOption.Flag("enable_cuda_graph") with { IsForDeviceScope = true },
            ProviderOption.Number("gpu_mem_limit", SmallestMemory, LargestMemory),
            ProviderOption.Flag("prefer_nhwc"),
        ],
        [TensorRt] =
        [
            Spinning,
            ProviderOption.Number("trt_builder_optimization_level", 0, HighestBuilderLevel),
            ProviderOption.Flag("trt_cuda_graph_enable") with { IsForDeviceScope = true },
            ProviderOption.Number("trt_max_workspace_size", SmallestMemory, LargestMemory),
        ],
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Cpu, Cuda, TensorRt];

    /// <summary>What a plan may set of a provider; empty for one of somebody else.</summary>
    public static IReadOnlyList<ProviderOption> OptionsOf(string provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return Table.GetValueOrDefault(provider, []);
    }

    /// <summary>The option of that name of a provider; null when it has none.</summary>
    public static ProviderOption? Find(string provider, string option) => OptionsOf(provider).FirstOrDefault(known => known.Name == option);
}
