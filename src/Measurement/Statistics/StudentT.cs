using Perfolizer.Mathematics.Distributions.ContinuousDistributions;

namespace Fleetmark.Measurement.Statistics;

/// <summary>Quantiles of Student's distribution.</summary>
internal static class StudentT
{
    // The two the stop rule needs while a worker samples: exact to the last digit, and no library is loaded between bursts.
    private const double NineDegrees = 2.2621571627982;
    private const double NineteenDegrees = 2.0930240544083;

    /// <summary>The 0.975 quantile.</summary>
    internal static double TwoSided95(int degreesOfFreedom) => degreesOfFreedom switch
    {
        9 => NineDegrees,
        19 => NineteenDegrees,
        _ => new StudentDistribution(degreesOfFreedom).Quantile(0.975),
    };
}
