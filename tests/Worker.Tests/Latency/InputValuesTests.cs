using Fleetmark.Worker.Latency;

namespace Fleetmark.Worker.Tests.Latency;

public sealed class InputValuesTests
{
    [Fact]
    public void Values_fill_the_range_of_a_normalised_image()
    {
        float[] values = new float[100_000];
        InputValues.Fill(values, 20210614);
        Assert.InRange(values.Min(), -2.1180f, -2.11f);
        Assert.InRange(values.Max(), 2.63f, 2.6401f);
        Assert.InRange(values.Average(), 0.25f, 0.27f);
        Assert.DoesNotContain(0f, values);
    }

    [Fact]
    public void The_seed_decides_every_value()
    {
        float[] first = new float[8], second = new float[8], other = new float[8];
        InputValues.Fill(first, 1);
        InputValues.Fill(second, 1);
        InputValues.Fill(other, 2);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }
}
