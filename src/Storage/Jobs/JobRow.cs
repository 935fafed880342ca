using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Storage.Jobs;

/// <summary>Pending work: (run, cell, repetition, shard). Table <c>job</c>.</summary>
internal sealed class JobRow
{
    public long JobId { get; init; }

    public long RunId { get; init; }

    public int CellId { get; init; }

    public short Repetition { get; init; }

    public short Shard { get; init; }

    public int? FirstItem { get; init; }

    public int? ItemCount { get; init; }

    public int Pool { get; init; }

    public int OrderKey { get; init; }

    public string[] Requires { get; init; } = [];

    public int? MinMemoryMebibytes { get; init; }

    public int? PinnedDevice { get; init; }

    public int[] ExcludedDevices { get; init; } = [];

    public JobState State { get; init; }

    public int AttemptNo { get; init; }

    public short Counted { get; init; }

    public short MaxAttempts { get; init; }

    public short NoiseAttempts { get; init; }

    public short MaxNoise { get; init; }

    public string? LastCode { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public DateTimeOffset NotBefore { get; init; }
}
