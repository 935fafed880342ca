using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Measurement.Tests.Comparison;

public sealed class GeometricMeanTests
{
    private static readonly ModelSpeedUp[] Eight =
        [new("a", 1.2), new("b", 1.9), new("c", 1.4), new("d", 2.2), new("e", 1.7), new("f", 1.1), new("g", 1.6), new("h", 1.5)];

    [Fact]
    public void The_mean_is_geometric() => Assert.Equal(2, GeometricMean.Of([new("a", 1), new("b", 4)], 1).Value, 1e-12);

    [Fact]
    public void The_interval_is_the_same_for_a_seed_in_whatever_order_the_models_come()
    {
        GeometricMean mean = GeometricMean.Of(Eight, 7);
        Assert.Equal(mean, GeometricMean.Of([.. Eight.Reverse()], 7));
        Assert.NotEqual(mean.Interval95, GeometricMean.Of(Eight, 8).Interval95);
        Assert.Equal(8, mean.Models);
    }

    [Fact]
    public void The_batches_of_a_model_are_drawn_together()
    {
        // Ten batches of each model that agree tell nothing new: the interval stays that of the models.
        GeometricMean one = GeometricMean.Of(Eight, 7);
        GeometricMean ten = GeometricMean.Of([.. Eight.SelectMany(s => Enumerable.Repeat(s, 10))], 7);
        Assert.Equal(one.Value, ten.Value, 1e-12);
        Assert.Equal(one.Interval95!.Low, ten.Interval95!.Low, 1e-9);
    }

    [Fact]
    public void One_model_has_no_interval()
    {
        Assert.Null(GeometricMean.Of([new("a", 1.5), new("a", 1.6)], 1).Interval95);
        Assert.Throws<ArgumentOutOfRangeException>(() => GeometricMean.Of([], 1));
    }

    [Fact]
    public void The_interval_holds_the_true_mean_of_the_kind_in_more_than_nine_of_ten_draws_of_eight_models()
    {
        var random = new Random(20210614);
        const int Trials = 400;
        int held = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            ModelSpeedUp[] drawn = [.. Enumerable.Range(0, 8).Select(i => new ModelSpeedUp($"m{i}", Math.Exp(0.5 + (0.2 * Gauss(random)))))];
            RatioInterval interval = GeometricMean.Of(drawn, trial).Interval95!;
            if (interval.Low <= Math.Exp(0.5) && Math.Exp(0.5) <= interval.High) held++;
        }

        // Plain percentiles hold it in 89 %.
        Assert.InRange(held / (double)Trials, 0.925, 1);
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
