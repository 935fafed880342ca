namespace Fleetmark.Benchmarks.Protocol;

/// <summary>The test of Mann and Whitney with its normal approximation. Perfolizer 0.6.1 has one whose variance overflows from about a thousand samples of each side on.</summary>
internal static class RankTest
{
    /// <summary>The statistic in standard deviations: positive when the second side tends to be greater.</summary>
    internal static double Z(double[] first, double[] second)
    {
        double[] values = [.. first, .. second];
        bool[] isSecond = new bool[values.Length];
        isSecond.AsSpan(first.Length).Fill(true);
        Array.Sort(values, isSecond);
        double ranks = 0;
        for (int begin = 0, end; begin < values.Length; begin = end)
        {
            end = begin + 1;
            while (end < values.Length && values[end] == values[begin]) end++;
            // Equal values share the mean of their ranks, begin + 1 to end.
            ranks += isSecond.AsSpan(begin, end - begin).Count(true) * (begin + 1 + end) / 2.0;
        }

        double pairs = (double)first.Length * second.Length;
        double u = ranks - (second.Length * (second.Length + 1.0) / 2);
        return (u - (pairs / 2)) / Math.Sqrt(pairs * (values.Length + 1) / 12);
    }
}
