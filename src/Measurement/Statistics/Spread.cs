namespace Fleetmark.Measurement.Statistics;

/// <summary>Mean, median, standard deviation and autocorrelation.</summary>
internal static class Spread
{
    internal static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }

    /// <summary>Median of at least one value; the mean of the two in the middle of an even number.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Standard deviation of a sample (n - 1); 0 for a single value.</summary>
    internal static double StandardDeviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2) return 0;
        double mean = Mean(values);
        double squares = 0;
        foreach (double value in values) squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }

    /// <summary>Correlation of neighbours, -1 to 1; null for fewer than three values or when all are equal.</summary>
    internal static double? Lag1(ReadOnlySpan<double> values)
    {
        if (values.Length < 3) return null;
        double mean = Mean(values);
        double products = 0;
        double squares = (values[0] - mean) * (values[0] - mean);
        for (int i = 1; i < values.Length; i++)
        {
            products += (values[i] - mean) * (values[i - 1] - mean);
            squares += (values[i] - mean) * (values[i] - mean);
        }

        return squares == 0 ? null : products / squares;
    }
}
