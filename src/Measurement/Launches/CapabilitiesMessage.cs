namespace Fleetmark.Measurement.Launches;

/// <summary>What a worker can do on this machine: the answer to <see cref="CapabilitiesRequest"/>.</summary>
public sealed record CapabilitiesMessage : WorkerMessage
{
    internal const string Word = "capabilities";

    /// <summary>Execution providers, one entry each.</summary>
    public required IReadOnlyList<ProviderCapability> Providers { get; init; }

    /// <summary>Model formats, such as <c>onnx</c>.</summary>
    public IReadOnlyList<string> Formats { get; init => field = value ?? []; } = [];

    /// <summary>Option names a plan may set.</summary>
    public IReadOnlyList<string> OptionKeys { get; init => field = value ?? []; } = [];
}
