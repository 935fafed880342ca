using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Latency;

namespace Fleetmark.Worker.Tests.Latency;

public sealed class OutputCheckTests
{
    [Fact]
    public void Each_row_has_its_best_class()
    {
        OutputReport output = OutputCheck.Describe([1, 3, 2, 9, 8, 7], classes: 3);
        Assert.True(output.Finite);
        Assert.Equal([1, 0], output.Top1);
        Assert.Equal([1, 3, 2], output.Head);
        Assert.Equal(0, output.Denormals);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void One_value_that_is_not_finite_spoils_the_output(float value)
    {
        OutputReport output = OutputCheck.Describe([1, 2, value, 4], classes: 4);
        Assert.False(output.Finite);
        Assert.Null(output.Head);
    }

    [Fact]
    public void Subnormal_values_are_counted() => Assert.Equal(2, OutputCheck.Describe([1e-40f, -1e-40f, 1e-30f, 0], classes: 4).Denormals);
}
