using Fleetmark.Measurement.Comparison;
using Fleetmark.Measurement.Regressions;

namespace Fleetmark.Measurement.Tests.Regressions;

public sealed class CardEffectsTests
{
    /// <summary>Four cells of different times on three cards; card c is slower by a share on some of them.</summary>
    private static CardTime[] Times(params double[] slower) =>
        [.. slower.SelectMany((share, cell) => new[] { ("a", 0.0), ("b", 0.002), ("c", share) }.Select(card => new CardTime($"cell-{cell}", card.Item1, cell + card.Item2)))];

    [Fact]
    public void An_effect_is_the_median_ratio_to_the_median_card()
    {
        CardEffects effects = CardEffects.Of(Times(0.05, 0.04, 0.06));
        Assert.Equal(0.048, effects["c"], 1e-9);
        Assert.Equal(-0.002, effects["a"], 1e-9);
        Assert.Equal(0, effects["b"], 1e-9);
        Assert.Equal(0, effects["unknown"]);
    }

    [Fact]
    public void A_point_is_corrected_for_its_cards()
    {
        CardEffects effects = CardEffects.Of(Times(0.05, 0.05, 0.05));
        ComparedLaunch[] launches = [new(Math.Exp(1), "b"), new(Math.Exp(1.048), "c"), new(Math.Exp(0.998), "a")];
        SeriesPoint point = effects.Point(launches, "570", "90.04", Series.Software);
        Assert.Equal(1, point.Log, 1e-9);
        Assert.Equal(0, point.Variance!.Value, 1e-9);
        Assert.Equal(new PointConditions("570", "90.04", ""), point.Conditions);
    }

    [Fact]
    public void A_card_without_a_known_effect_is_a_condition()
    {
        SeriesPoint point = CardEffects.Of(Times(0, 0, 0)).Point([new(100, "z"), new(102, "y"), new(101, "a")], "570", "90.04", Series.Software);
        Assert.Equal("y z", point.Conditions.Cards);
        Assert.InRange(point.Variance!.Value, 0.00002, 0.00005);
    }

    [Fact]
    public void One_launch_tells_no_variance() => Assert.Null(CardEffects.Of([]).Point([new(100, "a")], "570", "90.04", Series.Software).Variance);

    [Fact]
    public void A_card_that_is_slower_on_three_shared_cells_raises_an_alert()
    {
        CardAlert alert = Assert.Single(CardAlert.Find(Times(0.05, 0.04, 0.06, 0.01), 0.01));
        Assert.Equal("c", alert.Card);
        Assert.Equal(["cell-0", "cell-1", "cell-2"], alert.Cells);
        Assert.Equal(0.048, alert.LogRatio, 1e-9);
    }

    [Theory]
    [InlineData(0.01, 0.05, 0.05, 0.0)]
    [InlineData(0.01, 0.031, 0.031, 0.031)]
    [InlineData(0.06, 0.05, 0.05, 0.05)]
    [InlineData(0.01, -0.05, -0.05, -0.05)]
    public void Two_cells_small_excess_a_high_floor_and_a_fast_card_raise_none(double floor, double first, double second, double third) =>
        Assert.Empty(CardAlert.Find(Times(first, second, third), floor));

    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.031, 1)]
    [InlineData(0.029, 0)]
    public void Of_two_cards_the_slower_one_is_compared_with_the_other(double share, int alerts)
    {
        CardTime[] times = [.. Enumerable.Range(0, 3).SelectMany(cell => new[] { new CardTime($"cell-{cell}", "a", cell), new CardTime($"cell-{cell}", "b", cell + share) })];
        IReadOnlyList<CardAlert> found = CardAlert.Find(times, 0.01);
        Assert.Equal(alerts, found.Count);
        Assert.All(found, alert => Assert.Equal(("b", Math.Round(share, 9)), (alert.Card, Math.Round(alert.LogRatio, 9))));
    }

    [Fact]
    public void A_card_alone_in_its_class_is_compared_with_nobody() =>
        Assert.Empty(CardAlert.Find([.. Enumerable.Range(0, 5).Select(i => new CardTime($"cell-{i}", "a", 9))], 0.01));
}
