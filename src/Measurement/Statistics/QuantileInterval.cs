using Perfolizer.Mathematics.QuantileEstimators;
using Pragmastat;

namespace Fleetmark.Measurement.Statistics;

/// <summary>
/// The 95 % interval of a percentile around the estimator of Harrell and Davis (A new distribution-free quantile estimator, 1982); its error is the standard deviation of
/// the order statistics under the estimator's weights (after Maritz and Jarrett, 1978). It takes the samples for independent: where neighbours are alike it is too narrow, and the interval of the median comes from blocks instead
/// (<see cref="BlockInterval"/>).
/// </summary>
/// <param name="LowUs">Lower end in microseconds.</param>
/// <param name="HighUs">Upper end in microseconds; it may lie above the largest sample.</param>
public sealed record QuantileInterval(double LowUs, double HighUs)
{
    private const double Level = 0.95;

    internal static QuantileInterval Of(Sample samples, double probability)
    {
        var interval = HarrellDavisQuantileEstimator.Instance.QuantileConfidenceIntervalEstimator(samples, probability).ConfidenceInterval(Level);
        return new QuantileInterval(interval.Lower, interval.Upper);
    }
}
