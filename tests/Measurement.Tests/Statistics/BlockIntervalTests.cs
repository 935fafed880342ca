using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Tests.Statistics;

public sealed class BlockIntervalTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(29, 0)]
    [InlineData(30, 10)]
    [InlineData(399, 10)]
    [InlineData(400, 20)]
    [InlineData(20_000, 20)]
    public void The_number_of_blocks_grows_with_the_samples(int count, int blocks) => Assert.Equal(blocks, BlockInterval.Blocks(count));

    [Fact]
    public void The_half_width_is_the_one_computed_by_hand()
    {
        // Ten blocks of three: medians 101 … 110, median of all 105.5, SD of the block medians 3.02765, t(0.975, 9) = 2.26216.
        long[] samples = [.. Enumerable.Range(1, 10).SelectMany(b => new long[] { 100 + b, 100 + b, 100 + b })];
        BlockInterval interval = BlockInterval.Of(samples, new long[30])!;
        Assert.Equal(105.5, interval.Median);
        Assert.Equal(Enumerable.Range(101, 10).Select(i => (double)i), interval.BlockMedians);
        Assert.Equal(2.262157 * 3.027650 / Math.Sqrt(10) / 105.5, interval.HalfWidth, 1e-7);
        Assert.Equal(interval.StandardError, BlockInterval.StandardErrorOf(interval.HalfWidth, samples.Length), 1e-12);
    }

    [Fact]
    public void Order_of_the_samples_matters_because_neighbours_are_alike()
    {
        long[] slow = [.. Enumerable.Repeat(100L, 100), .. Enumerable.Repeat(110L, 100)];
        long[] mixed = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 100L : 110L)];
        Assert.True(BlockInterval.Of(slow, new long[200])!.HalfWidth > 10 * BlockInterval.Of(mixed, new long[200])!.HalfWidth);
    }

    [Fact]
    public void Sampling_is_not_changed_by_looking_at_it()
    {
        long[] samples = [.. Enumerable.Range(0, 200).Select(i => 1000L - i)];
        long[] before = [.. samples];
        BlockInterval.Of(samples, new long[200]);
        Assert.Equal(before, samples);
    }

    [Theory]
    [InlineData(0.0, 0.02)]
    [InlineData(0.0, 0.10)]
    [InlineData(0.8, 0.02)]
    public void The_interval_covers_the_true_median_in_nine_of_ten_windows(double correlation, double noise)
    {
        var random = new Random(20210614);
        const int Windows = 400;
        const double True = 1_000_000;
        int covered = 0;
        long[] samples = new long[500];
        long[] scratch = new long[500];
        for (int w = 0; w < Windows; w++)
        {
            double state = Gauss(random);
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = (long)(True * (1 + (noise * state)));
                state = (correlation * state) + (Math.Sqrt(1 - (correlation * correlation)) * Gauss(random));
            }

            BlockInterval interval = BlockInterval.Of(samples, scratch)!;
            if (Math.Abs(interval.Median - True) <= interval.HalfWidth * interval.Median) covered++;
        }

        // Three standard errors, in 400 windows, below a coverage of 0.91 and above one of 0.95: an interval that is too wide keeps a worker sampling for nothing.
        Assert.InRange(covered / (double)Windows, 0.865, 0.98);
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
