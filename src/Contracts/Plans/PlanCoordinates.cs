namespace Fleetmark.Contracts.Plans;

/// <summary>The words a selection may use, by coordinate, as the plan lists them; null where the plan's own list has a problem, so that one mistake is told once.</summary>
internal sealed record PlanCoordinates
{
    internal required IReadOnlyList<string>? Models { get; init; }

    internal required IReadOnlyList<string>? Devices { get; init; }

    internal required IReadOnlyList<string>? Precisions { get; init; }

    internal required IReadOnlyList<string>? Batches { get; init; }

    internal required IReadOnlyList<string>? Providers { get; init; }

    internal required IReadOnlyList<string>? Runtimes { get; init; }

    internal required IReadOnlyList<string>? Clocks { get; init; }

    /// <summary>Empty in a section whose cells have none; its selections do not know the coordinate then.</summary>
    internal required IReadOnlyList<string>? Concurrency { get; init; }
}
