using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Tests.Statistics;

public sealed class TailBoundTests
{
    /// <summary>Ranks from the quantiles of the binomial distribution in scipy 1.10 (<c>stats.binom</c>).</summary>
    [Theory]
    [InlineData(458, 0.99, null)]
    [InlineData(459, 0.99, 459)]
    [InlineData(460, 0.99, 460)]
    [InlineData(662, 0.99, 661)]
    [InlineData(1000, 0.99, 998)]
    [InlineData(4602, 0.999, null)]
    [InlineData(4603, 0.999, 4603)]
    [InlineData(20_000, 0.99, 19_833)]
    [InlineData(20_000, 0.999, 19_991)]
    [InlineData(10_000, 0.95, 9551)]
    [InlineData(400_000, 0.99, 396_147)]
    [InlineData(0, 0.99, null)]
    public void The_rank_is_the_smallest_that_the_binomial_distribution_allows(int count, double probability, int? rank) =>
        Assert.Equal(rank, TailBound.Rank(count, probability));

    [Fact]
    public void The_bound_is_the_sample_of_that_rank()
    {
        Assert.Equal(998, TailBound.Of([.. Enumerable.Range(1, 1000).Select(i => (double)i)], 0.99));
        Assert.Null(TailBound.Of([.. Enumerable.Range(1, 458).Select(i => (double)i)], 0.99));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void A_percentile_lies_between_the_ends(double probability) => Assert.Throws<ArgumentOutOfRangeException>(() => TailBound.Rank(10, probability));

    [Fact]
    public void The_bound_lies_above_the_true_percentile_in_ninety_nine_of_a_hundred_windows()
    {
        var random = new Random(20210614);
        const int Windows = 4000;
        int above = 0;
        double[] samples = new double[600];
        for (int w = 0; w < Windows; w++)
        {
            for (int i = 0; i < samples.Length; i++) samples[i] = random.NextDouble();
            Array.Sort(samples);
            if (TailBound.Of(samples, 0.99)! >= 0.99) above++;
        }

        // With 600 samples the largest is the bound, which lies above in 1 - 0.99^600 = 99.76 %; three standard errors around.
        Assert.InRange(above / (double)Windows, 0.9953, 1);
    }
}
