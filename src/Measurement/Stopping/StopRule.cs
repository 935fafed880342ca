using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Stopping;

/// <summary>
/// When enough is enough. The rule looks at n = <see cref="SamplingSettings.MinCount"/> and then at every n a quarter larger, so that repeated looking costs little
/// coverage; between looks only time and number can end the window.
/// </summary>
/// <param name="settings">Limits and target.</param>
/// <param name="scratch">Room to sort in; as long as the most samples.</param>
public sealed class StopRule(SamplingSettings settings, long[] scratch)
{
    private const double Growth = 1.25;
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Number of samples at which the rule looks next.</summary>
    public int NextLook { get; private set; } = Math.Clamp(settings.MinCount, 1, settings.MaxCount);

    /// <summary>True when the window is over.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Half-width at the last look, as a share of the median; null while there was none or too few samples.</summary>
    public double? HalfWidth { get; private set; }

    /// <summary>Median sample at the last look, in nanoseconds; null before.</summary>
    public long? MedianNs { get; private set; }

    /// <summary>Samples were added.</summary>
    /// <param name="samples">All samples so far.</param>
    /// <param name="elapsedNs">Length of the window so far.</param>
    public void Add(ReadOnlySpan<long> samples, long elapsedNs)
    {
        int n = samples.Length;
        if (n >= NextLook)
        {
            BlockInterval? interval = BlockInterval.Of(samples, scratch);
            HalfWidth = interval?.HalfWidth;
            MedianNs = (long)(interval?.Median ?? BlockInterval.MedianOf(samples, scratch));
            NextLook = Math.Min(settings.MaxCount, Math.Max(n + 1, (int)Math.Ceiling(n * Growth)));
            bool goodEnough = n >= settings.MinCount && elapsedNs >= settings.MinMs * NanosecondsPerMillisecond && HalfWidth <= settings.HalfWidth;
            IsFinished = goodEnough && n >= settings.FloorCount;
        }

        bool timeIsUp = elapsedNs >= settings.MaxMs * NanosecondsPerMillisecond && n >= settings.FloorCount;
        IsFinished |= timeIsUp || n >= settings.MaxCount;
    }
}
