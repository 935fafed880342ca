using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Inspection;

namespace Fleetmark.Worker.Tests.Inspection;

public sealed class ParityTests
{
    [Fact]
    public void Equal_answers_agree_wholly()
    {
        PrecisionCheck check = Compare([1, 2, 3], [1, 2, 3]);
        Assert.Equal((1, 1, 0, 0.0, 1.0, true), (check.Inputs, check.Top1Agreements, check.Ties, check.MaxAbsDifference, check.MinCosine, check.Finite));
    }

    [Fact]
    public void Differences_and_angles_are_those_of_the_worst()
    {
        PrecisionCheck check = Parity.Compare(
            new Dictionary<int, float[]> { [0] = [1, 0], [1] = [0, 2] }, new Dictionary<int, float[]> { [0] = [1, 0.25f], [1] = [2, 2.5f] });
        Assert.Equal(2, check.MaxAbsDifference);
        Assert.Equal(2.5 / Math.Sqrt(4 + 6.25), check.MinCosine, 12);
        Assert.Equal((2, 2), (check.Inputs, check.Top1Agreements));
    }

    [Theory]
    [InlineData(5.629, 5.6295, true)]
    [InlineData(5.0, 5.0039, true)]
    [InlineData(5.0, 5.004, false)]
    [InlineData(0.001, 0.0011, false)]
    public void Two_values_that_FP16_cannot_tell_apart_are_a_tie(double chosen, double best, bool isTie)
    {
        PrecisionCheck check = Compare([(float)best, (float)chosen], [1, 2]);
        Assert.Equal((0, isTie ? 1 : 0), (check.Top1Agreements, check.Ties));
        Assert.Equal(isTie ? 0 : 1, Parity.Disagreeing(One([(float)best, (float)chosen]), One([1, 2])).Count);
    }

    [Fact]
    public void Answers_that_are_not_finite_never_agree()
    {
        PrecisionCheck check = Compare([1, 2], [float.NegativeInfinity, 2.5f]);
        Assert.Equal((0, 0, false, 0.0, 0.5), (check.Top1Agreements, check.Ties, check.Finite, check.MinCosine, check.MaxAbsDifference));
        Assert.Single(Parity.Disagreeing(One([1, 2]), One([float.NaN, 2])));
    }

    [Fact]
    public void Nothing_but_zeros_is_equal_to_nothing_but_zeros_alone()
    {
        Assert.Equal(1, Compare([0, 0], [0, 0]).MinCosine);
        Assert.Equal(0, Compare([0, 1], [0, 0]).MinCosine);
    }

    private static PrecisionCheck Compare(float[] original, float[] converted) => Parity.Compare(One(original), One(converted));

    private static Dictionary<int, float[]> One(float[] answer) => new() { [0] = answer };
}
