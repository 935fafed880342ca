namespace Fleetmark.Measurement.Launches;

/// <summary>A series of samples in one of three forms: <see cref="Data"/>, <see cref="File"/> with <see cref="Sha256"/>, or <see cref="Values"/>.</summary>
public sealed record SamplesMessage : WorkerMessage
{
    internal const string Word = "samples";

    /// <summary>The series of the timed calls.</summary>
    public const string Latency = "latency";

    /// <summary>Name of the series; <see cref="Latency"/>. Others are ignored.</summary>
    public required string Series { get; init; }

    /// <summary>Calls timed as one sample; null means 1.</summary>
    public int? CallsPerSample { get; init; }

    /// <summary>Number of samples.</summary>
    public required int N { get; init; }

    /// <summary>Samples of each concurrent loop, in the order in which they follow each other in the series; <see cref="N"/> together. Null unless throughput was asked.</summary>
    public IReadOnlyList<int>? Streams { get; init; }

    /// <summary>The bytes of the sample codec (base64 in JSON).</summary>
    public byte[]? Data { get; init; }

    /// <summary>Name of a file in the work directory that holds the bytes of the sample codec: no folder, no link.</summary>
    public string? File { get; init; }

    /// <summary>SHA-256 of <see cref="File"/>, hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Nanoseconds as plain integers, at most 100,000: the easy way for foreign workers.</summary>
    public IReadOnlyList<long>? Values { get; init; }
}
