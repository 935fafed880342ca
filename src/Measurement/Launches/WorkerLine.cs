using System.Text;

namespace Fleetmark.Measurement.Launches;

/// <summary>What a line of a worker's stdout is: a message, log text, a message of an unknown type (all null), or a violation.</summary>
internal sealed record WorkerLine
{
    /// <summary>Bytes of an offending line that are quoted.</summary>
    private const int QuotedBytes = 200;

    /// <summary>A message of a type that is not known here.</summary>
    internal static readonly WorkerLine UnknownType = new();

    internal WorkerMessage? Message { get; private init; }

    internal string? Log { get; private init; }

    internal string? Broken { get; private init; }

    internal static WorkerLine Read(WorkerMessage message) => new() { Message = message };

    internal static WorkerLine LogText(string text) => new() { Log = text };

    internal static WorkerLine Violation(string what, ReadOnlySpan<byte> line) =>
        new() { Broken = $"{what}: {Encoding.UTF8.GetString(line[..Math.Min(line.Length, QuotedBytes)])}" };
}
