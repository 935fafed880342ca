using Fleetmark.Measurement.Bracketing;

namespace Fleetmark.Measurement.Launches;

/// <summary>What the worker's timing path adds to a call: the answer to <see cref="SelfCheckRequest"/>. The asker draws the conclusions from the blocks.</summary>
public sealed record SelfCheckMessage : WorkerMessage
{
    internal const string Word = "selfcheck";

    /// <summary>Median of back-to-back clock reads in nanoseconds.</summary>
    public required long TimerFloorNs { get; init; }

    /// <summary>
    /// For each model of the request, in its order, the blocks: tested is the call that launches time, control the same run through the function pointer of the runtime's
    /// C API.
    /// </summary>
    public required IReadOnlyList<BlockSeries> Series { get; init; }

    /// <summary>What is wrong with the message as an answer to <paramref name="request"/>; null when nothing is.</summary>
    internal string? ProblemFor(SelfCheckRequest request) => Series.Count != request.Models.Count
        ? $"'selfcheck' of {Series.Count} models, {request.Models.Count} were asked"
        : Series.Select(series => series.Problem).FirstOrDefault(problem => problem is not null) is { } problem ? $"'selfcheck' {problem}" : null;
}
