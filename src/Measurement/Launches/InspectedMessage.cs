namespace Fleetmark.Measurement.Launches;

/// <summary>What the runtime made of a model: the answer to <see cref="InspectRequest"/>.</summary>
public sealed record InspectedMessage : WorkerMessage
{
    internal const string Word = "inspected";

    /// <summary>The graph after the runtime's own optimisations.</summary>
    public required GraphReport Graph { get; init; }

    /// <summary>What would run, as a launch says it.</summary>
    public required EffectiveReport Effective { get; init; }

    /// <summary>Comparison with the original; null when the model was not converted.</summary>
    public PrecisionCheck? PrecisionCheck { get; init; }
}
