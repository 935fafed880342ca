using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Comparison;

/// <summary>A difference of mean logarithms with its error: what a ratio, its intervals and its probability are made of.</summary>
/// <param name="Estimate">Mean log of the candidate minus mean log of the baseline.</param>
/// <param name="StandardError">Its standard error; 0 when all launches of a side agree to the last digit.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom of the error.</param>
/// <param name="BaselineSd">Standard deviation of a launch of the baseline.</param>
/// <param name="CandidateSd">Standard deviation of a launch of the candidate.</param>
internal sealed record LogDifference(double Estimate, double StandardError, double DegreesOfFreedom, double BaselineSd, double CandidateSd)
{
    /// <summary>Without assuming equal spreads (B. L. Welch, 1947); null when a side has fewer than two launches.</summary>
    internal static LogDifference? Welch(ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate)
    {
        if (baseline.Length < 2 || candidate.Length < 2) return null;
        double baselineSd = Deviation(baseline);
        double candidateSd = Deviation(candidate);
        (double error, double degrees) = WelchError(baselineSd, baseline.Length, candidateSd, candidate.Length);
        return new LogDifference(Spread.Mean(candidate) - Spread.Mean(baseline), error, degrees, baselineSd, candidateSd);
    }

    /// <summary>Standard error and degrees of freedom of a difference of two means with their own spreads.</summary>
    internal static (double StandardError, double DegreesOfFreedom) WelchError(double firstSd, int firstCount, double secondSd, int secondCount)
    {
        double first = firstSd * firstSd / firstCount;
        double second = secondSd * secondSd / secondCount;
        double error = first + second;
        double degrees = error == 0
            ? firstCount + secondCount - 2
            : error * error / ((first * first / (firstCount - 1)) + (second * second / (secondCount - 1)));
        return (Math.Sqrt(error), degrees);
    }

    /// <summary>Standard deviation; exactly 0 for equal values, whose mean may differ from them in the last digit.</summary>
    private static double Deviation(ReadOnlySpan<double> values) => values.ContainsAnyExcept(values[0]) ? Spread.StandardDeviation(values) : 0;

    /// <summary>Two-sided probability of such a difference without any.</summary>
    internal double P => Estimate == 0 ? 1 : StudentT.TwoSidedP(Estimate / StandardError, DegreesOfFreedom);

    /// <summary>The ratio's interval.</summary>
    /// <param name="level">Its level, such as 0.95.</param>
    internal RatioInterval Interval(double level)
    {
        double half = StudentT.Quantile((1 + level) / 2, DegreesOfFreedom) * StandardError;
        return new RatioInterval(Math.Exp(Estimate - half), Math.Exp(Estimate + half));
    }
}
