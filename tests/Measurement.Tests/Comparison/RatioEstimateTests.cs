using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Measurement.Tests.Comparison;

public sealed class RatioEstimateTests
{
    /// <summary>By <c>scipy.stats.ttest_ind(…, equal_var=False)</c> of scipy 1.10 on the logarithms.</summary>
    [Fact]
    public void Five_launches_of_both_sides_on_one_card_are_compared_by_welch()
    {
        RatioEstimate estimate = RatioEstimate.Of(Sides.Of(100.1, 100.9, 99.5, 100.4, 101.2), Sides.Of(102.8, 103.9, 102.2, 103.1, 104.4, 103.3));
        Assert.Equal(RatioMethod.WelchT, estimate.Method);
        Assert.Equal(1.0285071865797408, estimate.Ratio!.Value, 1e-9);
        Assert.Equal(0.00010871834, estimate.P!.Value, 1e-9);
        Assert.Equal(1.018551447520163, estimate.Interval95!.Low, 1e-7);
        Assert.Equal(1.038560237110883, estimate.Interval95.High, 1e-7);
        Assert.Equal(1.0204339070672994, estimate.Interval90!.Low, 1e-7);
        Assert.Equal(1.0366443387659874, estimate.Interval90.High, 1e-7);
        Assert.Equal((5, 6), (estimate.BaselineLaunches, estimate.CandidateLaunches));
    }

    [Fact]
    public void Fewer_launches_are_compared_by_permutation_with_welchs_interval()
    {
        RatioEstimate estimate = RatioEstimate.Of(Sides.Of(100, 101, 102, 103), Sides.Of(104, 105, 106, 107, 108));
        Assert.Equal(RatioMethod.Permutation, estimate.Method);
        Assert.Equal(1.0 / 126, estimate.P!.Value, 1e-9);
        Assert.InRange(estimate.Interval95!.Low, 1.02, estimate.Ratio!.Value);
    }

    /// <summary>By <c>statsmodels.formula.api.ols('y ~ C(card) + side')</c> 0.13.5 on the logarithms.</summary>
    [Fact]
    public void Several_cards_are_compared_by_the_linear_model()
    {
        ComparedLaunch[] baseline = [.. Sides.On("a", 100, 101), .. Sides.On("b", 110, 109, 111.5), .. Sides.On("c", 95)];
        ComparedLaunch[] candidate = [.. Sides.On("a", 103, 104.5), .. Sides.On("b", 113, 114), .. Sides.On("c", 98.5, 97)];
        RatioEstimate estimate = RatioEstimate.Of(baseline, candidate);
        Assert.Equal(RatioMethod.CardModel, estimate.Method);
        Assert.Equal(1.0306802585031978, estimate.Ratio!.Value, 1e-9);
        Assert.Equal(0.0003121287383771318, estimate.P!.Value, 1e-9);
        Assert.Equal(1.0188414976179792, estimate.Interval95!.Low, 1e-7);
        Assert.Equal(1.0426565837295088, estimate.Interval95.High, 1e-7);
        Assert.Equal(1.0211228881134273, estimate.Interval90!.Low, 1e-7);
        Assert.Equal(1.0403270826989994, estimate.Interval90.High, 1e-7);
    }

    [Fact]
    public void A_slow_card_on_both_sides_makes_no_difference()
    {
        ComparedLaunch[] baseline = [.. Sides.On("a", 100, 101), .. Sides.On("slow", 200, 199, 201, 200)];
        ComparedLaunch[] candidate = [.. Sides.On("a", 100, 101, 100.5, 100.2), .. Sides.On("slow", 200)];
        Assert.Equal(1, RatioEstimate.Of(baseline, candidate).Ratio!.Value, 0.002);
    }

    [Fact]
    public void Launches_on_cards_of_one_side_are_left_out_and_counted()
    {
        RatioEstimate estimate = RatioEstimate.Of([.. Sides.Of(100, 101, 99, 100, 100), .. Sides.On("gpu-2", 500, 500)], [.. Sides.Of(100, 101, 99, 100, 100), .. Sides.On("gpu-3", 1)]);
        Assert.Equal(RatioMethod.WelchT, estimate.Method);
        Assert.Equal(1, estimate.Ratio!.Value, 1e-12);
        Assert.Equal((5, 5), (estimate.BaselineLaunches, estimate.CandidateLaunches));
        Assert.Equal(["3 launches on cards of one side only left out"], estimate.Notes);
    }

    [Fact]
    public void Without_a_common_card_nothing_is_tested()
    {
        RatioEstimate estimate = RatioEstimate.Of(Sides.On("a", 100, 100, 100, 100, 100), Sides.On("b", 110, 110, 110, 110, 110));
        Assert.Equal(RatioMethod.None, estimate.Method);
        Assert.Equal(1.1, estimate.Ratio!.Value, 1e-12);
        Assert.False(estimate.HasCommonCard);
        Assert.Null(estimate.P);
        Assert.Null(estimate.Interval95);
        Assert.Equal(["not controlled: different cards"], estimate.Notes);
    }

    [Fact]
    public void A_side_without_launches_has_no_ratio()
    {
        RatioEstimate estimate = RatioEstimate.Of([], Sides.Of(100));
        Assert.Null(estimate.Ratio);
        Assert.Equal(["no launches to compare"], estimate.Notes);
    }

    [Fact]
    public void One_launch_has_a_ratio_and_no_interval()
    {
        RatioEstimate estimate = RatioEstimate.Of(Sides.Of(100), Sides.Of(110, 111));
        Assert.Equal(RatioMethod.Permutation, estimate.Method);
        Assert.Equal(1.0 / 3, estimate.P!.Value, 1e-9);
        Assert.Null(estimate.Interval95);
    }

    [Fact]
    public void One_launch_of_each_side_on_two_cards_is_two_pairs()
    {
        RatioEstimate two = RatioEstimate.Of([.. Sides.On("a", 100), .. Sides.On("b", 200)], [.. Sides.On("a", 110), .. Sides.On("b", 222)]);
        Assert.Equal(RatioMethod.CardModel, two.Method);
        Assert.Equal(1.105, two.Ratio!.Value, 1e-3);
        Assert.InRange(two.P!.Value, 0.01, 0.06);
    }

    [Fact]
    public void Times_of_a_few_clock_ticks_do_not_make_certainty_of_rounding()
    {
        double[] before = [1.4, 1.4, 1.4, 1.4, 1.4];
        Assert.Equal(1, RatioEstimate.Of(Sides.Of(before), Sides.Of(before)).P);
        Assert.Equal(2.0 / 252, RatioEstimate.Of(Sides.Of(before), Sides.Of([1.5, 1.5, 1.5, 1.5, 1.5])).P!.Value, 1e-9);
    }

    [Fact]
    public void Times_of_a_few_clock_ticks_on_several_cards_are_no_certainty_either()
    {
        ComparedLaunch[] before = [.. Sides.On("a", 1.4), .. Sides.On("b", 1.4)];
        Assert.Equal(0.5, RatioEstimate.Of(before, [.. Sides.On("a", 1.5), .. Sides.On("b", 1.5)]).P!.Value, 1e-9);
        Assert.Equal(1.0 / 9, RatioEstimate.Of([.. before, .. Sides.On("a", 1.4)], [.. Sides.On("a", 1.5), .. Sides.On("b", 1.5, 1.5)]).P!.Value, 1e-9);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_launch_without_a_time_is_refused(double median) => Assert.Throws<ArgumentException>(() => RatioEstimate.Of(Sides.Of(median), Sides.Of(100)));
}
