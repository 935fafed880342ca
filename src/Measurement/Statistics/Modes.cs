using Perfolizer.Mathematics.Histograms;
using Perfolizer.Mathematics.Multimodality;
using Perfolizer.Mathematics.QuantileEstimators;
using Pragmastat;

namespace Fleetmark.Measurement.Statistics;

/// <summary>Two levels a launch jumps between: each with at least a tenth of the samples, at least 3 % apart, with a real valley between.</summary>
/// <param name="LowerUs">Place of the lower mode in microseconds.</param>
/// <param name="LowerShare">Share of the samples in it.</param>
/// <param name="UpperUs">Place of the upper mode in microseconds.</param>
/// <param name="UpperShare">Share of the samples in it.</param>
public sealed record Modes(double LowerUs, double LowerShare, double UpperUs, double UpperShare)
{
    /// <summary>Fewest samples whose modes are looked for.</summary>
    private const int MinimumCount = 100;
    private const double SmallestShare = 0.10;
    private const double SmallestDistance = 0.03;
    private const double HighestValley = 0.5;

    /// <summary>The two modes, found by the Lowland detector; null when there are not two.</summary>
    internal static Modes? Find(Sample samples)
    {
        if (samples.Size < MinimumCount || samples.SortedValues[0] == samples.SortedValues[^1]) return null;
        ModalityData found = LowlandModalityDetector.Instance.DetectModes(samples, Histogram.Instance, diagnostics: false);
        RangedMode[] two = [.. found.Modes.OrderByDescending(mode => mode.Values.Count).Take(2).OrderBy(mode => mode.Location)];
        if (two.Length < 2) return null;
        (double lower, double upper) = (two[0].Location, two[1].Location);
        DensityHistogramBin valley = found.DensityHistogram.Bins.Where(bin => bin.Upper > lower && bin.Lower < upper).MinBy(bin => bin.Height)!;
        double lowerPeak = Math.Min(Height(found.DensityHistogram, lower), Height(found.DensityHistogram, upper));
        double lowerShare = samples.Values.Count(value => value < valley.Middle) / (double)samples.Size;
        bool real = Math.Min(lowerShare, 1 - lowerShare) >= SmallestShare
            && upper - lower >= SmallestDistance * lower
            && valley.Height < HighestValley * lowerPeak;
        return real ? new Modes(lower, lowerShare, upper, 1 - lowerShare) : null;
    }

    private static double Height(DensityHistogram histogram, double place) =>
        histogram.Bins.Where(bin => bin.Lower <= place && place <= bin.Upper).Select(bin => bin.Height).DefaultIfEmpty(0).Max();

    /// <summary>The histogram of the detector with trimmed quantiles: the untrimmed ones look at every sample for each of them and take a second for 20,000.</summary>
    private sealed class Histogram : IDensityHistogramBuilder
    {
        internal static readonly Histogram Instance = new();

        public DensityHistogram Build(Sample sample, int binCount) =>
            QuantileRespectfulDensityHistogramBuilder.Instance.Build(sample, binCount, TrimmedHarrellDavisQuantileEstimator.Sqrt);
    }
}
