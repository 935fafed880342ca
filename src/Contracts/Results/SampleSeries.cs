namespace Fleetmark.Contracts.Results;

/// <summary>A series of a launch, encoded by the sample codec of Measurement.</summary>
/// <param name="Series">0 call times, 1 medians of the warm-up windows; from 16 telemetry.</param>
/// <param name="Codec">Version of the codec; 1.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Body">The encoded values.</param>
public sealed record SampleSeries(short Series, short Codec, int Count, byte[] Body)
{
    /// <summary>Series of call times.</summary>
    public const short CallTimes = 0;

    /// <summary>Series of the medians of the warm-up windows.</summary>
    public const short WarmUpWindows = 1;
}
