using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Contracts.Plans;

/// <summary>A job in an <see cref="ExpansionView"/>.</summary>
public sealed record ExpansionJob
{
    /// <summary>Place in the run's order, from 0.</summary>
    public required int Order { get; init; }

    /// <summary>Number of the cell.</summary>
    public required int Cell { get; init; }

    /// <summary>Which launch of the cell, from 0.</summary>
    public required int Repetition { get; init; }

    /// <summary>What its device must be able to do.</summary>
    public required IReadOnlyList<string> Requires { get; init; }

    /// <summary>Code of why it will not be measured; null for a job that waits for a device.</summary>
    public string? Withdrawn { get; init; }

    /// <summary><see cref="Withdrawn"/> in words.</summary>
    public string? Reason { get; init; }

    internal static ExpansionJob Of(int cell, PlannedJob job) => new()
    {
        Order = job.OrderKey,
        Cell = cell,
        Repetition = job.Repetition,
        Requires = job.Requires,
        Withdrawn = job.WithdrawnCode,
        Reason = job.WithdrawnCode is { } code ? FailureCode.Sentence(code) : null,
    };
}
