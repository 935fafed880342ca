using Fleetmark.Measurement.Launches;
using Fleetmark.Silo.Runs;
using Fleetmark.Storage.Results;

namespace Fleetmark.Silo.Tests.Runs;

public sealed class OutputAgreementTests
{
    private static readonly LaunchOutput First = new([7, 3], [0.5, 2, 1e-9]);

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.0019, true)]   // of the largest value, 2: below 1e-3
    [InlineData(0.0021, false)]
    public void In_FP32_values_may_differ_by_a_thousandth_of_the_largest(double difference, bool agrees)
    {
        var other = new LaunchOutput([7, 3], [0.5, 2, 1e-9 + difference]);

        Assert.Equal(agrees, OutputAgreement.Agrees(First, other, Precision.Fp32));
        Assert.Equal(agrees, OutputAgreement.Agrees(First, other, arithmetic: null));
    }

    [Theory]
    [InlineData(0.039, true)]
    [InlineData(0.041, false)]
    public void In_FP16_they_may_differ_by_two_hundredths(double difference, bool agrees) =>
        Assert.Equal(agrees, OutputAgreement.Agrees(First, new LaunchOutput([7, 3], [0.5 - difference, 2, 1e-9]), Precision.Fp16));

    [Fact]
    public void The_largest_value_of_each_image_must_stand_at_the_same_place()
    {
        Assert.False(OutputAgreement.Agrees(First, new LaunchOutput([7, 4], First.Head), Precision.Fp16));
        Assert.False(OutputAgreement.Agrees(First, new LaunchOutput([7], First.Head), Precision.Fp16));
    }

    [Fact]
    public void Fewer_values_are_other_values() => Assert.False(OutputAgreement.Agrees(First, new LaunchOutput([7, 3], [0.5, 2]), Precision.Fp32));

    [Fact]
    public void Values_that_should_be_nought_and_are_not_differ() =>
        Assert.False(OutputAgreement.Agrees(new LaunchOutput(null, [0, 0]), new LaunchOutput(null, [0, 1e-30]), Precision.Fp32));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void What_a_worker_does_not_say_is_not_compared(bool saysTop1, bool saysHead)
    {
        var other = new LaunchOutput(saysTop1 ? [7, 3] : null, saysHead ? [0.5, 2, 1e-9] : null);

        Assert.True(OutputAgreement.Agrees(First, other, Precision.Fp32));
        Assert.True(OutputAgreement.Agrees(other, First, Precision.Fp32));
    }

    [Fact]
    public void No_values_at_all_agree() => Assert.True(OutputAgreement.Agrees(new LaunchOutput([], []), new LaunchOutput([], []), Precision.Fp32));
}
