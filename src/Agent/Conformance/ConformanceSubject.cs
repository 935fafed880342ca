using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Conformance;

/// <summary>The worker to check, and the model it is given.</summary>
public sealed record ConformanceSubject
{
    /// <summary>Absolute path of the program.</summary>
    public required string Executable { get; init; }

    /// <summary>Its arguments; no shell sees them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables besides the few every worker gets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>An ONNX file with its digest.</summary>
    public required ModelFile Model { get; init; }

    /// <summary>Shape of its one float32 input (NCHW); the first number is the batch.</summary>
    public required IReadOnlyList<int> Shape { get; init; }
}
