using Perfolizer.Mathematics.Distributions.ContinuousDistributions;

namespace Fleetmark.Measurement.Statistics;

/// <summary>Quantiles and tails of Student's distribution. Degrees of freedom may be fractions, as Welch's are.</summary>
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
        _ => Quantile(0.975, degreesOfFreedom),
    };

    /// <summary>The quantile <paramref name="probability"/>.</summary>
    internal static double Quantile(double probability, double degreesOfFreedom) => new StudentDistribution(degreesOfFreedom).Quantile(probability);

    /// <summary>Probability of a value at least as far from 0 as <paramref name="t"/>, on either side. Infinity has probability 0.</summary>
    internal static double TwoSidedP(double t, double degreesOfFreedom) =>
        // The lower tail: 1 - (nearly 1) has lost its digits.
        double.IsInfinity(t) ? 0 : Math.Min(1, 2 * new StudentDistribution(degreesOfFreedom).Cdf(-Math.Abs(t)));
}
