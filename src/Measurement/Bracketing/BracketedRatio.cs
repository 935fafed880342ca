using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Bracketing;

/// <summary>What a <see cref="BlockSeries"/> says: each block is divided by the mean of the control blocks around it, which takes out what changes slower than blocks do.</summary>
public sealed record BracketedRatio
{
    private BracketedRatio(double testedNs, MedianInterval tested, MedianInterval idle)
    {
        TestedNs = testedNs;
        Tested = tested;
        Idle = idle;
    }

    /// <summary>Median of the tested blocks in nanoseconds per call.</summary>
    public double TestedNs { get; }

    /// <summary>Tested over control.</summary>
    public MedianInterval Tested { get; }

    /// <summary>Control over control: 1, as far as the machine lets one see.</summary>
    public MedianInterval Idle { get; }

    /// <summary>Reads a series.</summary>
    /// <exception cref="ArgumentException">Its lengths do not fit, a median is not above 0, or there are too few or too many blocks of a kind.</exception>
    public static BracketedRatio Of(BlockSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Problem is { } problem) throw new ArgumentException($"the series {problem}", nameof(series));
        double[] ratios = [.. series.BlockNs.Select((block, i) => 2 * block / (series.ControlNs[i] + series.ControlNs[i + 1]))];
        return new BracketedRatio(
            MedianInterval.Of([.. series.BlockNs.Where((_, i) => series.IsTested[i])]).Median,
            MedianInterval.Of([.. ratios.Where((_, i) => series.IsTested[i])]),
            MedianInterval.Of([.. ratios.Where((_, i) => !series.IsTested[i])]));
    }
}
