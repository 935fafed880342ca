using Fleetmark.Measurement.Regressions;

namespace Fleetmark.Measurement.Tests.Regressions;

public sealed class SeriesBreaksTests
{
    [Theory]
    [InlineData(0.04, 20)]
    [InlineData(-0.04, 20)]
    [InlineData(0.04, 3)]
    [InlineData(0.04, 37)]
    public void A_step_is_found_where_it_is(double step, int at)
    {
        SeriesPoint[] points = Series.Of(40, i => i < at ? 0 : step);
        SeriesBreaks breaks = SeriesBreaks.Of(points, 0.01);
        SeriesBreak found = Assert.Single(breaks.Breaks);
        Assert.Equal(at, found.Index);
        Assert.InRange(found.LogChange, step - 0.007, step + 0.007);
        Assert.InRange(found.P, 0, 0.001);
        Assert.Equal("", found.Candidates);
        Assert.Empty(breaks.Explained);
        Assert.Equal(points[at..], breaks.Current(points));
    }

    [Theory]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(75)]
    public void A_step_at_the_edge_of_a_window_is_seen_by_the_next(int at) => Assert.Equal([at], SeriesBreaks.Of(Series.Of(120, i => i < at ? 0 : 0.04), 0.01).Breaks.Select(b => b.Index));

    /// <summary>Three points before and after a step of 5 %: Student's t has p = 0.0036 for the wider spread and 0.00006 for the narrower.</summary>
    [Theory]
    [InlineData(0.01, false)]
    [InlineData(0.0035, true)]
    public void A_step_with_a_probability_above_one_in_a_thousand_is_merged_again(double spread, bool kept)
    {
        SeriesPoint[] points = [.. new[] { 0, spread, -spread, 0.05, 0.05 + spread, 0.05 - spread }.Select(log => Series.Point(log))];
        Assert.Equal(kept, SeriesBreaks.Of(points, 0.01).Breaks.Count == 1);
    }

    [Fact]
    public void A_run_whose_launches_happen_to_agree_does_not_outweigh_all_others()
    {
        SeriesPoint[] points = [.. Series.Of(40, i => i < 20 ? 0 : 0.05)];
        points[10] = Series.Point(0.015, 1e-10);
        Assert.InRange(Assert.Single(SeriesBreaks.Of(points, 0.01).Breaks).LogChange, 0.045, 0.055);
    }

    [Fact]
    public void A_slow_down_that_is_taken_back_is_two_breaks() =>
        Assert.Equal([15, 25], SeriesBreaks.Of(Series.Of(45, i => i is >= 15 and < 25 ? 0.05 : 0), 0.01).Breaks.Select(b => b.Index));

    [Theory]
    [InlineData(0.015, 0.01)]
    [InlineData(0.04, 0.05)]
    public void A_step_below_two_percent_or_the_floor_is_none(double step, double floor) =>
        Assert.Empty(SeriesBreaks.Of(Series.Of(60, i => i < 30 ? 0 : step, sd: 0.002), floor).Breaks);

    [Fact]
    public void One_outlier_is_no_break() => Assert.Empty(SeriesBreaks.Of(Series.Of(40, i => i == 20 ? 0.2 : 0), 0.01).Breaks);

    [Fact]
    public void A_series_that_stands_still_has_a_break_in_less_than_one_of_a_hundred()
    {
        int wrong = Enumerable.Range(0, 300).Count(seed => SeriesBreaks.Of(Series.Of(60, _ => 0, sd: 0.01, seed: seed), 0.01).Breaks.Count > 0);
        Assert.InRange(wrong, 0, 3);
    }

    [Fact]
    public void A_step_of_four_percent_over_one_percent_of_noise_is_found_within_a_point_in_nine_of_ten()
    {
        int found = Enumerable.Range(0, 100).Count(seed =>
            SeriesBreaks.Of(Series.Of(40, i => i < 25 ? 0 : 0.04, sd: 0.01, seed: seed), 0.01).Breaks is [{ Index: >= 24 and <= 26 }]);
        Assert.InRange(found, 90, 100);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(900)]
    public void Long_series_have_their_breaks_whichever_method_finds_them(int count)
    {
        SeriesPoint[] points = Series.Of(count, i => i < 60 ? 0 : i < 130 ? 0.03 : i < count - 10 ? 0.07 : 0.02);
        Assert.Equal([60, 130, count - 10], SeriesBreaks.Of(points, 0.01).Breaks.Select(b => b.Index));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(600)]
    public void Long_series_that_stand_still_have_no_break(int count) => Assert.Empty(SeriesBreaks.Of(Series.Of(count, _ => 0), 0.01).Breaks);

    [Fact]
    public void The_same_series_has_the_same_breaks_and_more_points_of_the_same_do_not_move_them()
    {
        SeriesPoint[] points = Series.Of(120, i => i < 40 ? 0 : i < 70 ? 0.03 : 0.06);
        IReadOnlyList<SeriesBreak> once = SeriesBreaks.Of(points, 0.01).Breaks;
        Assert.Equal(once, SeriesBreaks.Of([.. points], 0.01).Breaks);
        Assert.Equal([40, 70], once.Select(b => b.Index));
        for (int count = 80; count < 120; count++) Assert.Equal([40, 70], SeriesBreaks.Of(points[..count], 0.01).Breaks.Select(b => b.Index));
    }

    [Fact]
    public void A_change_of_driver_is_explained_and_not_told_as_a_break()
    {
        SeriesPoint[] before = Series.Of(20, _ => 0);
        SeriesPoint[] after = [.. Series.Of(15, _ => Math.Log(1.041), sd: 0.001, seed: 2).Select(p => p with { Conditions = Series.Conditions with { Driver = "580" } })];
        SeriesBreaks breaks = SeriesBreaks.Of([.. before, .. after], 0.01);
        Assert.Empty(breaks.Breaks);
        ExplainedStep step = Assert.Single(breaks.Explained);
        Assert.Equal((20, "driver 570 → 580"), (step.Index, step.Cause));
        Assert.InRange(step.LogChange, 0.037, 0.043);
        Assert.Equal(after, breaks.Current([.. before, .. after]));
        Assert.Equal("explained: driver 570 → 580, +4.1 %", (step with { LogChange = Math.Log(1.041) }).ToString());
        Assert.Equal("explained: driver 570 → 580, -4.1 %", (step with { LogChange = Math.Log(0.959) }).ToString());
    }

    [Fact]
    public void Firmware_and_cards_are_conditions_too()
    {
        SeriesPoint[] points =
        [
            .. Series.Of(5, _ => 0),
            .. Series.Of(5, _ => 0.1).Select(p => p with { Conditions = new PointConditions("570", "90.05", "") }),
            .. Series.Of(5, _ => 0.2).Select(p => p with { Conditions = new PointConditions("580", "90.05", "gpu-2") }),
        ];
        SeriesBreaks breaks = SeriesBreaks.Of(points, 0.01);
        Assert.Empty(breaks.Breaks);
        Assert.Equal(["VBIOS 90.04 → 90.05", "driver 570 → 580, card  → gpu-2"], breaks.Explained.Select(step => step.Cause));
    }

    [Fact]
    public void A_break_within_a_driver_is_told_beside_the_step_between_drivers()
    {
        SeriesPoint[] points =
        [
            .. Series.Of(20, i => i < 10 ? 0 : 0.05),
            .. Series.Of(20, i => i < 10 ? 0.07 : 0.12, seed: 2).Select(p => p with { Conditions = Series.Conditions with { Driver = "580" } }),
        ];
        SeriesBreaks breaks = SeriesBreaks.Of(points, 0.01);
        Assert.Equal([10, 30], breaks.Breaks.Select(b => b.Index));
        ExplainedStep step = Assert.Single(breaks.Explained);
        // From the level just before (0.05) to the one just after (0.07).
        Assert.InRange(step.LogChange, 0.015, 0.025);
        Assert.Equal(points[30..], breaks.Current(points));
    }

    /// <summary>In noise a break may be found beside its cause.</summary>
    [Theory]
    [InlineData(20, "image a1 → b2")]
    [InlineData(18, "image a1 → b2")]
    [InlineData(22, "image a1 → b2")]
    [InlineData(17, "")]
    [InlineData(23, "")]
    public void A_new_image_does_not_split_the_series_and_is_named_as_a_candidate(int changed, string candidates)
    {
        SeriesPoint[] points = [.. Series.Of(40, i => i < 20 ? 0 : 0.05).Select((p, i) => i < changed ? p : p with { Software = new PointSoftware("b2", "c1") })];
        SeriesBreaks breaks = SeriesBreaks.Of(points, 0.01);
        Assert.Empty(breaks.Explained);
        Assert.Equal((20, candidates), (Assert.Single(breaks.Breaks).Index, breaks.Breaks[0].Candidates));
    }

    [Fact]
    public void A_point_of_great_variance_weighs_little()
    {
        // Three runs at the end whose launches disagreed by 10 %: 5 % more says nothing, unless they counted as the others do.
        SeriesPoint[] points = [.. Series.Of(37, _ => 0), .. Enumerable.Repeat(Series.Point(0.05, 0.01), 3)];
        Assert.Empty(SeriesBreaks.Of(points, 0.01).Breaks);
        Assert.Equal(37, Assert.Single(SeriesBreaks.Of([.. points.Select(p => p with { Variance = 0.00002 })], 0.01).Breaks).Index);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Short_series_have_no_break(int count) => Assert.Empty(SeriesBreaks.Of(Series.Of(count, i => i), 0.01).Breaks);

    [Fact]
    public void Values_without_any_noise_are_split_at_their_step()
    {
        SeriesPoint[] points = [.. Enumerable.Range(0, 12).Select(i => Series.Point(i < 6 ? 0 : 0.03, null))];
        Assert.Equal(6, Assert.Single(SeriesBreaks.Of(points, 0.01).Breaks).Index);
    }
}
