namespace Fleetmark.Measurement.Launches;

/// <summary>A phase begins.</summary>
public sealed record PhaseMessage : WorkerMessage
{
    internal const string Word = "phase";

    /// <summary><c>load</c>, <c>first</c>, <c>warmup</c>, <c>sample</c>, <c>energy</c> or <c>finish</c>; other words are ignored.</summary>
    public required string Name { get; init; }

    /// <summary>When, in <c>CLOCK_MONOTONIC</c> nanoseconds.</summary>
    public required long At { get; init; }

    /// <summary>The phase <see cref="Name"/> means, or null.</summary>
    internal LaunchPhase? Phase => Name switch
    {
        "load" => LaunchPhase.Load,
        "first" => LaunchPhase.First,
        "warmup" => LaunchPhase.Warmup,
        "sample" => LaunchPhase.Sample,
        "energy" => LaunchPhase.Energy,
        "finish" => LaunchPhase.Finish,
        _ => null,
    };

    /// <summary>The message for the begin of <paramref name="phase"/>.</summary>
    /// <param name="phase">Any but <see cref="LaunchPhase.Start"/>, which no message announces.</param>
    /// <param name="at">When, in <c>CLOCK_MONOTONIC</c> nanoseconds.</param>
    public static PhaseMessage Begin(LaunchPhase phase, long at) => new() { Name = WordOf(phase), At = at };

    /// <summary>The word of a phase on the wire.</summary>
    public static string WordOf(LaunchPhase phase) => phase switch
    {
        LaunchPhase.Start => "start",
        LaunchPhase.Load => "load",
        LaunchPhase.First => "first",
        LaunchPhase.Warmup => "warmup",
        LaunchPhase.Sample => "sample",
        LaunchPhase.Energy => "energy",
        LaunchPhase.Finish => "finish",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };
}
