using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Measurement.Tests.Comparison;

public sealed class SpeedUpTests
{
    [Fact]
    public void The_speed_up_is_the_ratio_turned_round_with_its_interval()
    {
        RatioEstimate times = RatioEstimate.Of(Sides.Of(Sides.Around(200)), Sides.Of(Sides.Around(100)));
        SpeedUp speedUp = SpeedUp.Of(times)!;
        Assert.Equal(2, speedUp.Value, 1e-9);
        Assert.Equal(1 / times.Interval95!.High, speedUp.Interval95!.Low, 1e-12);
        Assert.InRange(2, speedUp.Interval95.Low, speedUp.Interval95.High);
        Assert.Null(SpeedUp.Of(RatioEstimate.Of([], [])));
        Assert.Null(SpeedUp.Of(RatioEstimate.Of(Sides.Of(200), Sides.Of(100)))!.Interval95);
    }

    [Fact]
    public void Batches_are_compared_per_image()
    {
        SpeedUp perImage = SpeedUp.Of(RatioEstimate.Of(Sides.Of(Sides.Around(100)), Sides.Of(Sides.Around(320))))!.PerImage(baselineBatch: 1, candidateBatch: 8);
        Assert.Equal(2.5, perImage.Value, 1e-9);
        Assert.InRange(2.5, perImage.Interval95!.Low, perImage.Interval95.High);
        Assert.InRange(perImage.Interval95.High / perImage.Interval95.Low, 1, 1.02);
        Assert.Throws<ArgumentOutOfRangeException>(() => perImage.PerImage(0, 1));
    }
}
