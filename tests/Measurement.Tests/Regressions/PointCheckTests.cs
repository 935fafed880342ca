using Fleetmark.Measurement.Regressions;

namespace Fleetmark.Measurement.Tests.Regressions;

public sealed class PointCheckTests
{
    /// <summary>Ten points with mean 0 and variance 0.0001 · 10/9.</summary>
    private static readonly SeriesPoint[] Ten = [.. Enumerable.Range(0, 10).Select(i => Series.Point(i % 2 == 0 ? 0.01 : -0.01))];

    [Theory]
    [InlineData(0.0318, 0.0, PointFinding.Suspicious)]
    [InlineData(0.0315, 0.0, PointFinding.Expected)]
    [InlineData(-0.0318, 0.0, PointFinding.Suspicious)]
    [InlineData(0.0318, 0.00002, PointFinding.Expected)]
    public void A_point_is_suspicious_from_three_standard_deviations(double log, double variance, PointFinding expected)
    {
        PointCheck check = PointCheck.Of(Ten, Series.Point(log, variance), 0.01);
        Assert.Equal(expected, check.Finding);
        Assert.Equal(log, check.LogChange!.Value, 1e-12);
        Assert.Equal(3 * Math.Sqrt((0.001 / 9) + variance), check.Limit!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0.01, 0.0199, PointFinding.Expected)]
    [InlineData(0.01, 0.0201, PointFinding.Suspicious)]
    [InlineData(0.05, 0.0499, PointFinding.Expected)]
    [InlineData(0.05, 0.0501, PointFinding.Suspicious)]
    public void A_change_below_two_percent_or_the_floor_is_not_worth_a_suspicion(double floor, double log, PointFinding expected) =>
        Assert.Equal(expected, PointCheck.Of([.. Ten.Select(point => point with { Log = 0 })], Series.Point(log, 0), floor).Finding);

    [Fact]
    public void Only_the_newest_ten_points_count()
    {
        SeriesPoint[] points = [.. Enumerable.Repeat(Series.Point(5), 20), .. Ten];
        Assert.Equal(0, PointCheck.Of(points, Series.Point(0), 0.01).LogChange!.Value, 1e-12);
    }

    [Theory]
    [InlineData(2, PointFinding.TooFewPoints)]
    [InlineData(3, PointFinding.Suspicious)]
    public void A_segment_needs_three_points(int points, PointFinding expected) => Assert.Equal(expected, PointCheck.Of(Ten[..points], Series.Point(1), 0.01).Finding);

    [Fact]
    public void Other_conditions_are_no_suspicion() =>
        Assert.Equal(PointFinding.NewConditions, PointCheck.Of(Ten, Series.Point(1, conditions: Series.Conditions with { Driver = "580" }), 0.01).Finding);

    [Fact]
    public void Other_software_does_not_excuse_a_change() =>
        Assert.Equal(PointFinding.Suspicious, PointCheck.Of(Ten, Series.Point(1, software: new PointSoftware("b2", "c2")), 0.01).Finding);

    [Theory]
    [InlineData(0.10, 0.09, true)]
    [InlineData(0.10, 0.00, false)]
    [InlineData(0.10, -0.09, false)]
    [InlineData(0.00, 0.09, false)]
    public void An_alert_needs_the_same_finding_twice(double first, double second, bool confirmed) =>
        Assert.Equal(confirmed, PointCheck.Of(Ten, Series.Point(first), 0.01).IsConfirmedBy(PointCheck.Of(Ten, Series.Point(second), 0.01)));
}
