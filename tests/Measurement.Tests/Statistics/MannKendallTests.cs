using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Tests.Statistics;

/// <summary>Probabilities from the table of the upper tail of S in Hollander and Wolfe, Nonparametric Statistical Methods, table A.30, doubled.</summary>
public sealed class MannKendallTests
{
    [Theory]
    [InlineData(4, 6, 2 * 0.0417)]
    [InlineData(5, 8, 2 * 0.0417)]
    [InlineData(5, 10, 2 * 0.0083)]
    [InlineData(6, 11, 2 * 0.0278)]
    [InlineData(6, 13, 2 * 0.0083)]
    [InlineData(6, 15, 2 * 0.0014)]
    [InlineData(8, 16, 2 * 0.0305)]
    [InlineData(10, 21, 2 * 0.0363)]
    [InlineData(10, 31, 2 * 0.0023)]
    public void The_exact_distribution_matches_the_published_table(int count, int statistic, double expected)
    {
        Assert.Equal(expected, MannKendall.PValue(statistic, count), 1e-4);
        Assert.Equal(expected, MannKendall.PValue(-statistic, count), 1e-4);
    }

    /// <summary>Kendall's tau against the order of time is the same test: <c>scipy.stats.kendalltau(…, method="exact")</c> of scipy 1.10.</summary>
    [Theory]
    [InlineData(new double[] { 1, 2, 4, 3, 5, 6 }, 0.016666666666666666)]
    [InlineData(new double[] { 3, 1, 2, 5, 4, 6, 8, 7 }, 0.014136904761904762)]
    [InlineData(new double[] { 2, 1, 4, 3, 6, 5, 8, 7, 10, 9 }, 0.0009463183421516755)]
    public void The_probability_is_that_of_another_program(double[] values, double expected) => Assert.Equal(expected, MannKendall.PValue(values), 1e-12);

    [Fact]
    public void The_probability_of_twenty_blocks_is_that_of_another_program() =>
        Assert.Equal(0.003782664567027279, MannKendall.PValue([.. Enumerable.Range(0, 20).Select(i => (i * 7 % 20) + (i / 3.0))]), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(64)]
    public void No_trend_at_all_has_probability_one(int count) => Assert.Equal(1, MannKendall.PValue(0, count), 1e-9);

    [Fact]
    public void Four_values_can_never_show_a_trend() => Assert.True(MannKendall.PValue([1, 2, 3, 4]) > 0.05);

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, 15)]
    [InlineData(new double[] { 6, 5, 4, 3, 2, 1 }, -15)]
    [InlineData(new double[] { 1, 2, 2, 3 }, 5)]
    [InlineData(new double[] { 2, 1, 3 }, 1)]
    public void The_statistic_counts_rising_and_falling_pairs(double[] values, int expected) => Assert.Equal(expected, MannKendall.Statistic(values));

    [Fact]
    public void The_slope_is_the_median_slope_of_all_pairs()
    {
        Assert.Equal(2, MannKendall.Slope([1, 3, 5, 7]));
        Assert.Equal(1, MannKendall.Slope([0, 1, 2, 300, 4]));
    }
}
