using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Tests.Statistics;

public sealed class QuantilesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.3)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void They_are_of_type_seven(double p, double expected) => Assert.Equal(expected, Quantiles.Of([4, 1, 3, 2], p)!.Value, 12);

    [Fact]
    public void No_values_have_none_and_one_value_is_all_of_them()
    {
        Assert.Null(Quantiles.Of([], 0.5));
        Assert.Equal(7, Quantiles.Of([7], 0.1));
    }
}
