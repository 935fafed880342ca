using Perfolizer.Mathematics.QuantileEstimators;
using Pragmastat;

namespace Fleetmark.Measurement.Statistics;

/// <summary>Quantiles of type 7 (Hyndman and Fan, Sample quantiles in statistical packages, 1996), as everywhere in tables.</summary>
public static class Quantiles
{
    /// <summary>The quantile; null of no values.</summary>
    /// <param name="values">In any order.</param>
    /// <param name="p">From 0 to 1.</param>
    public static double? Of(IReadOnlyList<double> values, double p)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 0 ? null : Of(new Sample(values), p);
    }

    internal static double Of(Sample sample, double p) => HyndmanFanQuantileEstimator.Type7.Quantile(sample, p);
}
