using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.Launches;

/// <summary>One launch: load a model, warm up, sample, leave. The answer is <see cref="SamplesMessage"/> and <see cref="ResultMessage"/>.</summary>
public sealed record LaunchRequest : WorkerRequest
{
    internal const string Word = "launch";

    /// <summary>Host memory a GPU reads and writes by itself.</summary>
    public const string PinnedMemory = "pinned";

    /// <summary><see cref="HostMemory"/> of ordinary memory.</summary>
    public const string PageableMemory = "pageable";

    /// <summary>Most loops of <see cref="Concurrency"/>.</summary>
    public const int LargestConcurrency = 256;

    private static readonly Dictionary<string, string> NoOptions = new(StringComparer.Ordinal);

    /// <summary>Version of the protocol; <see cref="WorkerProtocol.Version"/>.</summary>
    public int Protocol { get; init; } = WorkerProtocol.Version;

    /// <summary>Name of the launch for logs, such as <c>r17-c4-1-1</c>.</summary>
    public required string Launch { get; init; }

    /// <summary>What the launch is for.</summary>
    public LaunchKind Kind { get; init; }

    /// <summary>The model.</summary>
    public required ModelFile Model { get; init; }

    /// <summary>The inputs in the order of the model.</summary>
    public required IReadOnlyList<InputTensor> Inputs { get; init; }

    /// <summary>Execution provider, such as <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The device; null for a CPU.</summary>
    public LaunchDevice? Device { get; init; }

    /// <summary>Number format asked for.</summary>
    public required Precision Precision { get; init; }

    /// <summary>True when a provider without kernels for <see cref="Precision"/> may compute the model in FP32 all the same: what is timed then is said afterwards.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AllowEmulated { get; init; }

    /// <summary>What one sample covers.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Host memory of an <c>e2e</c> launch on a GPU: <c>pinned</c> or <c>pageable</c>; null on a CPU.</summary>
    public string? HostMemory { get; init; }

    /// <summary>Images per call.</summary>
    public required int Batch { get; init; }

    /// <summary>Closed loops that call at once, 1 to <see cref="LargestConcurrency"/>; null unless <see cref="Kind"/> is <see cref="LaunchKind.Throughput"/>.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Threads inside an operator.</summary>
    public required int Threads { get; init; }

    /// <summary>Cores the worker pins itself to; empty leaves the affinity alone.</summary>
    public IReadOnlyList<int> Cpus { get; init => field = value ?? []; } = [];

    /// <summary>Seed of the input values.</summary>
    public required long Seed { get; init; }

    /// <summary>Provider options that differ from the worker's own, by name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init => field = value ?? NoOptions; } = NoOptions;

    /// <summary>How to warm up.</summary>
    public required WarmUpSettings Warmup { get; init; }

    /// <summary>How long to sample.</summary>
    public required SamplingSettings Sample { get; init; }

    /// <summary>The loop that follows sampling; null where no energy is asked for. A worker may ignore it.</summary>
    public EnergySettings? Energy { get; init; }

    /// <summary>Folder for engines and timing caches; null when there is none.</summary>
    public string? CacheDir { get; init; }

    /// <summary>Empty folder of this launch, the worker's current directory; null when there is none.</summary>
    public string? WorkDir { get; init; }

    internal override bool IsAnsweredBy(WorkerMessage message) => message is ResultMessage;
}
