using System.Numerics;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Tests.Statistics;

public sealed class MedianIntervalTests
{
    [Theory]
    [InlineData(6, 1, 6)]
    [InlineData(9, 2, 8)]
    [InlineData(21, 6, 16)]
    [InlineData(100, 40, 61)]
    public void Its_ends_are_the_order_statistics_of_the_sign_test(int count, int low, int high)
    {
        double[] values = [.. Enumerable.Range(1, count).Reverse().Select(value => (double)value)];
        var interval = MedianInterval.Of(values);
        Assert.Equal((low, high), (interval.Low, interval.High));
        Assert.Equal((count + 1) / 2.0, interval.Median);
    }

    [Fact]
    public void It_is_the_narrowest_that_misses_the_median_in_at_most_five_of_a_hundred_cases()
    {
        foreach (int count in Enumerable.Range(MedianInterval.MinimumCount, 200).Append(MedianInterval.MaximumCount))
        {
            int rank = (int)MedianInterval.Of([.. Enumerable.Range(0, count).Select(value => (double)value)]).Low;
            Assert.True(MissedTimesTwenty(count, rank) <= BigInteger.Pow(2, count), $"{rank} of {count} misses too often");
            Assert.True(MissedTimesTwenty(count, rank + 1) > BigInteger.Pow(2, count), $"{rank} of {count} is too wide");
        }
    }

    [Fact]
    public void Too_few_and_too_many_values_have_none()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MedianInterval.Of([1, 2, 3, 4, 5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MedianInterval.Of(new double[MedianInterval.MaximumCount + 1]));
        Assert.False(MedianInterval.Holds(5));
        Assert.True(MedianInterval.Holds(6));
        Assert.False(MedianInterval.Holds(1001));
    }

    /// <summary>Twenty times the number of outcomes of <paramref name="count"/> coins, in both tails, that the order statistics of this rank (from 0) miss.</summary>
    private static BigInteger MissedTimesTwenty(int count, int rank)
    {
        BigInteger ways = 1;
        BigInteger tail = 0;
        for (int heads = 0; heads <= rank; heads++)
        {
            tail += ways;
            ways = ways * (count - heads) / (heads + 1);
        }

        return 20 * 2 * tail;
    }
}
