namespace Fleetmark.Reporting.Plots;

/// <summary>Tick values people read easily.</summary>
internal static class NiceTicks
{
    /// <summary>Ticks of a logarithmic axis: 1, 2, 5 per decade; where fewer than three fit, equal steps of 1, 2 or 5 times a power of ten.</summary>
    internal static IReadOnlyList<double> Logarithmic(double low, double high)
    {
        var ticks = new List<double>();
        for (int decade = (int)Math.Floor(Math.Log10(low)); decade <= (int)Math.Ceiling(Math.Log10(high)); decade++)
            foreach (int digit in (int[])[1, 2, 5])
                if (Scaled(digit, decade) is var tick && tick >= low && tick <= high) ticks.Add(tick);
        if (ticks.Count > 12) ticks = [.. ticks.Where(t => Math.Abs(Math.Log10(t) - Math.Round(Math.Log10(t))) < 1e-9)];
        return ticks.Count >= 3 ? ticks : Linear(low, high);
    }

    /// <summary>Between four and nine equal steps inside the range.</summary>
    private static List<double> Linear(double low, double high)
    {
        int decade = (int)Math.Floor(Math.Log10((high - low) / 4));
        int digit = ((int[])[1, 2, 5, 10]).Last(d => d == 1 || Scaled(d, decade) * 4 <= high - low);
        var ticks = new List<double>();
        for (long step = (long)Math.Ceiling(low / Scaled(digit, decade)); ; step++)
        {
            double tick = decade >= 0 ? step * Scaled(digit, decade) : step * digit / Math.Pow(10, -decade);
            if (tick > high) return ticks;
            ticks.Add(tick);
        }
    }

    /// <summary>Dividing by a power of ten is exact where multiplying by a negative one is not.</summary>
    private static double Scaled(int digit, int decade) => decade >= 0 ? digit * Math.Pow(10, decade) : digit / Math.Pow(10, -decade);
}
