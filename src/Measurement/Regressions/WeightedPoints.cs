using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Regressions;

/// <summary>
/// Points of one run of equal conditions with their weights: 1 / (between-run variance + own variance). The own variance alone would let a run whose five launches happened to
/// agree outweigh all others, while runs differ from each other by more than their launches tell.
/// </summary>
internal sealed class WeightedPoints
{
    /// <summary>Median of |difference of two| of normal values over their standard deviation: 0.6745 · √2.</summary>
    private const double NormalDifference = 0.953873;

    private readonly double[] _weights;

    private WeightedPoints(double[] logs, double[] weights)
    {
        Logs = logs;
        _weights = weights;
    }

    /// <summary>The points, oldest first.</summary>
    internal double[] Logs { get; }

    internal static WeightedPoints Of(IReadOnlyList<SeriesPoint> points)
    {
        double[] logs = [.. points.Select(point => point.Log)];
        double largest = points.Max(point => point.Variance) ?? 0;
        double[] own = [.. points.Select(point => point.Variance ?? largest)];
        double between = BetweenRuns(logs, own);
        double[] variances = Array.ConvertAll(own, variance => variance + between);
        double smallest = variances.Min();
        // Relative weights are enough; without any variance all points are equal.
        return new WeightedPoints(logs, Array.ConvertAll(variances, variance => smallest > 0 ? smallest / variance : 1));
    }

    /// <summary>Weight of a point relative to the surest, above 0 to 1.</summary>
    internal double Weight(int index) => _weights[index];

    /// <summary>Change of the weighted mean at <paramref name="at"/> between the points from <paramref name="begin"/> and those before <paramref name="end"/>, and its two-sided probability by Student's t.</summary>
    internal (double Change, double P) Step(int begin, int at, int end)
    {
        (double left, double leftWeight, double leftSquares) = Mean(begin, at);
        (double right, double rightWeight, double rightSquares) = Mean(at, end);
        int degrees = end - begin - 2;
        double change = right - left;
        if (change == 0 || degrees < 1) return (change, 1);
        double error = Math.Sqrt((leftSquares + rightSquares) / degrees * ((1 / leftWeight) + (1 / rightWeight)));
        return (change, StudentT.TwoSidedP(change / error, degrees));
    }

    private (double Mean, double Weight, double Squares) Mean(int begin, int end)
    {
        (double sum, double weight, double squares) = (0, 0, 0);
        for (int i = begin; i < end; i++)
        {
            sum += _weights[i] * Logs[i];
            weight += _weights[i];
        }

        double mean = sum / weight;
        for (int i = begin; i < end; i++) squares += _weights[i] * (Logs[i] - mean) * (Logs[i] - mean);
        return (mean, weight, squares);
    }

    /// <summary>Variance between runs beyond the launches' own, from neighbours: a step moves one of their differences, and the median does not mind.</summary>
    private static double BetweenRuns(double[] logs, double[] own)
    {
        if (logs.Length < 2) return 0;
        double deviation = Spread.Median(Enumerable.Range(1, logs.Length - 1).Select(i => Math.Abs(logs[i] - logs[i - 1]))) / NormalDifference;
        return Math.Max(0, (deviation * deviation) - Spread.Median(own));
    }
}
