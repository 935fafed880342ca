using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleetmark.Contracts.Results;

/// <summary>
/// The end of an attempt as the agent spools and sends it, good or bad: the launches with their samples and, when there is no number, why. The JSON is the
/// record of the spool and of the wire; fields are only added.
/// </summary>
public sealed record AttemptResult
{
    /// <summary>The database the job belongs to; a result for another one is fenced.</summary>
    public required Guid ClusterId { get; init; }

    /// <summary>The job.</summary>
    public required long JobId { get; init; }

    /// <summary>Number of the attempt under which it ran.</summary>
    public required int Attempt { get; init; }

    /// <summary>UUID of the device it ran on.</summary>
    public required string DeviceUuid { get; init; }

    /// <summary>The worker processes of the attempt in the order of their start; a failed one has no samples. Empty when none could start.</summary>
    public required IReadOnlyList<LaunchReport> Launches { get; init; }

    /// <summary>Why there is no number: one of <see cref="Jobs.FailureCode"/>; null when the last launch has one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>One line for people to <see cref="ErrorCode"/>, at most 4,000 characters.</summary>
    public string? ErrorText { get; init; }

    /// <summary>Last part of the worker's log lines on stdout and of its stderr, at most 65,536 characters; null when it was silent or all went well.</summary>
    public string? LogTail { get; init; }

    /// <summary>What the runtime makes of the model; null where nobody looked: FP32 models run as they are.</summary>
    public InspectionReport? Inspection { get; init; }

    /// <summary>True when there is no number.</summary>
    [JsonIgnore, MemberNotNullWhen(true, nameof(ErrorCode))]
    public bool IsFailure => ErrorCode is not null;

    /// <summary>The record's bytes: UTF-8 JSON without indentation.</summary>
    public byte[] ToUtf8Json() => JsonSerializer.SerializeToUtf8Bytes(this, ResultJson.Default.AttemptResult);

    /// <summary>Reads <see cref="ToUtf8Json"/>.</summary>
    /// <exception cref="JsonException">The bytes are no such record.</exception>
    public static AttemptResult FromUtf8Json(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ResultJson.Default.AttemptResult) ?? throw new JsonException("null in place of an attempt result");
}
