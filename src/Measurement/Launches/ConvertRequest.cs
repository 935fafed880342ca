namespace Fleetmark.Measurement.Launches;

/// <summary>
/// Asks our own worker to write the FP16 file of a model; the answer is <see cref="BuiltMessage"/> with <see cref="BuiltMessage.Conversion"/>. Foreign workers never get it.
/// </summary>
public sealed record ConvertRequest : WorkerRequest
{
    internal const string Word = "convert";

    /// <summary>Version of the conversion this build asks for. Another one gives other bytes.</summary>
    public const int CurrentConverter = 1;

    /// <summary>Version of the protocol; <see cref="WorkerProtocol.Version"/>.</summary>
    public int Protocol { get; init; } = WorkerProtocol.Version;

    /// <summary>The FP32 file.</summary>
    public required ModelFile Model { get; init; }

    /// <summary>Version of the conversion, <see cref="CurrentConverter"/>; a worker that has another refuses.</summary>
    public required int Converter { get; init; }

    /// <summary>Names of nodes that stay in FP32 beside those that do by rule.</summary>
    public IReadOnlyList<string> Keep { get; init => field = value ?? []; } = [];

    /// <summary>SHA-256 the file must have, 64 lower-case hexadecimal digits; null when the caller does not know it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Where to write; the folder exists. A file that is there is replaced in one step.</summary>
    public required string Path { get; init; }

    internal override bool IsAnsweredBy(WorkerMessage message) => message is BuiltMessage { Conversion: not null };
}
