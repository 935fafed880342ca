namespace Fleetmark.Measurement.Launches;

/// <summary>The first message of every worker, within 10 s and before anything heavy is loaded.</summary>
public sealed record HelloMessage : WorkerMessage
{
    internal const string Word = "hello";

    /// <summary>Version of the protocol the worker speaks in this process.</summary>
    public required int Protocol { get; init; }

    /// <summary>Name of the program.</summary>
    public string? Worker { get; init; }

    /// <summary>Version of the program.</summary>
    public string? Version { get; init; }

    /// <summary>Name of the runtime, such as <c>ONNX Runtime</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>Version of the runtime as it reports it.</summary>
    public string? RuntimeVersion { get; init; }

    /// <summary>Runtime flavour, such as <c>ort131-cpu</c>. Of a foreign worker its configured name counts instead.</summary>
    public string? Flavour { get; init; }

    /// <summary>Process id as the worker sees it.</summary>
    public int? Pid { get; init; }

    /// <summary>All protocol versions it can speak.</summary>
    public IReadOnlyList<int>? Supported { get; init; }
}
