using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Measurement.Tests.Comparison;

public sealed class ComparisonListTests
{
    private static ComparedPair Pair(ComparedLaunch[] baseline, ComparedLaunch[] candidate, double margin = 0.01, params string[] differences) =>
        new() { Baseline = baseline, Candidate = candidate, Margin = margin, Differences = differences };

    private static PairVerdict One(ComparedLaunch[] baseline, ComparedLaunch[] candidate, double margin = 0.01) =>
        Assert.Single(ComparisonList.Judge([Pair(baseline, candidate, margin)], Adjustment.FalseDiscoveryRate));

    private static PairVerdict Times(double baseline, double candidate, double margin = 0.01) => One(Sides.Of(Sides.Around(baseline)), Sides.Of(Sides.Around(candidate)), margin);

    [Theory]
    [InlineData(100, 103, 0.01, Verdict.Slower)]
    [InlineData(100, 97, 0.01, Verdict.Faster)]
    [InlineData(100, 100, 0.01, Verdict.Same)]
    [InlineData(100, 100.4, 0.01, Verdict.Same)]
    [InlineData(100, 103, 0.04, Verdict.Same)]
    [InlineData(100, 100.8, 0.01, Verdict.Ambiguous)]
    [InlineData(100, 99.2, 0.01, Verdict.Ambiguous)]
    public void The_verdict_needs_both_certainty_and_the_margin(double baseline, double candidate, double margin, Verdict expected)
    {
        PairVerdict verdict = Times(baseline, candidate, margin);
        Assert.Equal(expected, verdict.Verdict);
        Assert.Equal(expected != Verdict.Ambiguous, verdict.FurtherLaunches is null && verdict.Notes.Count == 0);
    }

    [Fact]
    public void A_difference_beyond_the_margin_that_may_be_chance_is_ambiguous()
    {
        PairVerdict verdict = One(Sides.Of(Sides.Around(100, spread: 10)), Sides.Of(Sides.Around(102, spread: 10)));
        Assert.Equal(Verdict.Ambiguous, verdict.Verdict);
        Assert.InRange(verdict.AdjustedP!.Value, 0.2, 0.5);
        Assert.InRange(verdict.FurtherLaunches!.Value, 15, 35);
    }

    /// <summary>
    /// Published on a T4: SqueezeNet1_0, batch 1, takes 0.972 ms in FP16 and 0.967 ms in FP32, a cell that is bound by launching kernels. However small the spread, that is
    /// no rank.
    /// </summary>
    [Theory]
    [InlineData(0.0, Verdict.Same)]
    [InlineData(0.2, Verdict.Same)]
    [InlineData(1.0, Verdict.Same)]
    [InlineData(2.0, Verdict.Ambiguous)]
    [InlineData(4.0, Verdict.Ambiguous)]
    public void Fp16_against_fp32_on_a_launch_bound_cell_is_never_a_rank(double spread, Verdict expected)
    {
        PairVerdict verdict = One(Sides.Of(Sides.Around(967, spread)), Sides.Of(Sides.Around(972, spread)));
        Assert.Equal(expected, verdict.Verdict);
        Assert.Equal(972 / 967.0, verdict.Times.Ratio!.Value, 1e-9);
        Assert.Equal(expected, One(Sides.Of(Sides.Around(972, spread)), Sides.Of(Sides.Around(967, spread))).Verdict);
    }

    [Fact]
    public void Three_launches_of_each_side_are_never_a_rank_and_say_what_would_decide()
    {
        PairVerdict verdict = One(Sides.Of(200, 201, 202), Sides.Of(100, 101, 102));
        Assert.Equal(Verdict.Ambiguous, verdict.Verdict);
        Assert.Equal(0.1, verdict.AdjustedP!.Value, 1e-9);
        Assert.Equal(1, verdict.FurtherLaunches);
        Assert.Equal(Verdict.Faster, One(Sides.Of(200, 201, 202, 201), Sides.Of(100, 101, 102, 101)).Verdict);
    }

    [Fact]
    public void One_launch_is_at_most_ambiguous_and_asks_for_five()
    {
        PairVerdict verdict = One(Sides.Of(200), Sides.Of(100));
        Assert.Equal(Verdict.Ambiguous, verdict.Verdict);
        Assert.Equal(4, verdict.FurtherLaunches);
        PairVerdict many = One(Sides.Of([.. Enumerable.Repeat(100.0, 20).Select((us, i) => us + (i * 0.01))]), Sides.Of(200));
        Assert.InRange(many.AdjustedP!.Value, 0.04, 0.05);
        Assert.Equal(Verdict.Ambiguous, many.Verdict);
    }

    [Fact]
    public void Two_launches_that_agree_by_chance_do_not_prove_that_sides_are_the_same()
    {
        PairVerdict verdict = One(Sides.Of(100, 100.01), Sides.Of(100, 100.01));
        Assert.Equal(Verdict.Ambiguous, verdict.Verdict);
        Assert.Equal(1, verdict.FurtherLaunches);
        Assert.Equal(Verdict.Same, One(Sides.Of(100, 100.01, 100), Sides.Of(100, 100.01, 100)).Verdict);
    }

    [Fact]
    public void A_ratio_that_lies_on_the_margin_is_not_decided_by_any_number_of_launches()
    {
        PairVerdict verdict = Times(100, 100.99);
        Assert.Equal(Verdict.Ambiguous, verdict.Verdict);
        Assert.Null(verdict.FurtherLaunches);
        Assert.Equal(["100 further launches would not decide"], verdict.Notes);
    }

    [Fact]
    public void Times_that_differ_as_the_clocks_do_are_a_difference_of_clocks()
    {
        ComparedLaunch[] baseline = Sides.At(1590, Sides.Around(100));
        Assert.Equal(Verdict.ClockDifference, One(baseline, Sides.At(1530, Sides.Around(100 * 1590 / 1530.0))).Verdict);
        Assert.Equal(Verdict.ClockDifference, One(Sides.At(1530, Sides.Around(100 * 1590 / 1530.0)), baseline).Verdict);
        Assert.Equal(Verdict.Slower, One(baseline, Sides.At(1590, Sides.Around(104))).Verdict);
        Assert.Equal(Verdict.Slower, One(baseline, Sides.At(1530, Sides.Around(110))).Verdict);
        Assert.Equal(Verdict.Slower, One(baseline, Sides.Of(Sides.Around(104))).Verdict);
    }

    [Fact]
    public void Cycles_that_surely_differ_are_not_explained_by_the_clocks()
    {
        // 4 % more time and 3.3 % less clock leave 0.6 % more cycles, without doubt at so little spread.
        ComparedLaunch[] baseline = Sides.At(1590, Sides.Around(100, spread: 0.1));
        Assert.Equal(Verdict.Slower, One(baseline, Sides.At(1538, Sides.Around(104, spread: 0.1))).Verdict);
    }

    [Fact]
    public void Among_many_equal_pairs_a_probability_of_four_percent_is_not_enough()
    {
        ComparedPair doubtful = Pair(Sides.Of(100, 101, 102, 103), Sides.Of(104, 105, 106, 107));
        ComparedPair[] equal = [.. Enumerable.Range(0, 9).Select(_ => Pair(Sides.Of(Sides.Around(100)), Sides.Of(Sides.Around(100))))];
        Assert.Equal(Verdict.Slower, ComparisonList.Judge([doubtful], Adjustment.FalseDiscoveryRate)[0].Verdict);
        PairVerdict among = ComparisonList.Judge([doubtful, .. equal], Adjustment.FalseDiscoveryRate)[0];
        Assert.Equal(0.285714, among.AdjustedP!.Value, 1e-5);
        Assert.Equal(Verdict.Ambiguous, among.Verdict);
        Assert.InRange(among.FurtherLaunches!.Value, 1, 4);
    }

    [Fact]
    public void A_gate_is_stricter_than_a_table()
    {
        ComparedPair[] pairs =
        [
            .. Enumerable.Range(0, 3).Select(_ => Pair(Sides.Of(100, 101, 102, 103), Sides.Of(104, 105, 106, 107))),
            Pair(Sides.Of(Sides.Around(100)), Sides.Of(Sides.Around(120))),
        ];
        Assert.All(ComparisonList.Judge(pairs, Adjustment.FalseDiscoveryRate), verdict => Assert.Equal(Verdict.Slower, verdict.Verdict));
        Assert.Equal([Verdict.Ambiguous, Verdict.Ambiguous, Verdict.Ambiguous, Verdict.Slower], ComparisonList.Judge(pairs, Adjustment.FamilywiseError).Select(verdict => verdict.Verdict));
    }

    [Fact]
    public void Other_differences_of_the_environment_are_named_and_the_verdict_stands()
    {
        PairVerdict verdict = ComparisonList.Judge([Pair(Sides.Of(Sides.Around(100)), Sides.Of(Sides.Around(110)), 0.01, "driver", "VBIOS")], Adjustment.FalseDiscoveryRate)[0];
        Assert.Equal(Verdict.Slower, verdict.Verdict);
        Assert.False(verdict.IsControlled);
        Assert.Equal(["not controlled: differs in driver, VBIOS"], verdict.Notes);
        Assert.True(Times(100, 110).IsControlled);
    }

    [Fact]
    public void Different_cards_are_not_controlled_and_do_not_count_among_the_others()
    {
        IReadOnlyList<PairVerdict> verdicts = ComparisonList.Judge(
            [Pair(Sides.On("a", Sides.Around(100)), Sides.On("b", Sides.Around(110))), Pair(Sides.Of(Sides.Around(100)), Sides.Of(Sides.Around(110)))], Adjustment.FalseDiscoveryRate);
        Assert.Equal((Verdict.Ambiguous, false), (verdicts[0].Verdict, verdicts[0].IsControlled));
        Assert.Equal(["not controlled: different cards"], verdicts[0].Notes);
        Assert.Null(verdicts[0].FurtherLaunches ?? verdicts[0].AdjustedP);
        Assert.Equal(verdicts[1].Times.P, verdicts[1].AdjustedP);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void A_margin_is_a_share(double margin) => Assert.Throws<ArgumentException>(() => Times(100, 100, margin));
}
