using Fleetmark.Measurement.Regressions;

namespace Fleetmark.Measurement.Tests.Regressions;

/// <summary>Seeded series of a cell.</summary>
internal static class Series
{
    internal static readonly PointConditions Conditions = new("570", "90.04", "");
    internal static readonly PointSoftware Software = new("a1", "c1");

    internal static SeriesPoint Point(double log, double? variance = 0.00002, PointConditions? conditions = null, PointSoftware? software = null) =>
        new(log, variance, conditions ?? Conditions, software ?? Software);

    /// <summary>Points around a level that may change from point to point, with normal noise.</summary>
    internal static SeriesPoint[] Of(int count, Func<int, double> level, double sd = 0.005, int seed = 20210614)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Point(level(i) + (sd * Gauss(random))))];
    }

    internal static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
