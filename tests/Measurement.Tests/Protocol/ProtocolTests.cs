using Fleetmark.Benchmarks.Protocol;
using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Measurement.Tests.Protocol;

/// <summary>What the protocol promises, on synthetic launches with a fixed seed; <c>eng/bench.sh protocol</c> has the large edition and what other tools reach.</summary>
public sealed class ProtocolTests
{
    private const int Seed = 7;

    public static TheoryData<string> Sources => [.. Claimed.Keys];

    private static Dictionary<string, ProtocolSource> Claimed { get; } = new[]
    {
        ProtocolSource.Iid(0.02), ProtocolSource.Iid(0.10), ProtocolSource.Ar1(0.8, 0.02), ProtocolSource.Bimodal(), ProtocolSource.Drift(0.03, 200, 0.02),
    }.ToDictionary(source => source.Name, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_interval_after_the_stop_rule_holds_the_true_value_in_nine_of_ten_windows(string source)
    {
        ProtocolCoverage coverage = ProtocolCoverage.Of(Claimed[source], ProtocolRule.Ours, 1500, Seed);
        // An interval that is much too wide would keep a worker sampling for nothing; under drift it has to be, since the blocks differ by what the flag tells.
        Assert.InRange(coverage.Covered, 0.90, coverage.Drift > 0.5 ? 1 : 0.985);
        Assert.InRange(coverage.HalfWidth, 0.001, 0.01);
    }

    [Fact]
    public void A_rule_for_independent_samples_holds_it_in_half_of_the_windows_when_neighbours_are_alike()
    {
        ProtocolSource alike = ProtocolSource.Ar1(0.8, 0.02);
        Assert.InRange(ProtocolCoverage.Of(alike, ProtocolRule.Nvbench, 300, Seed).Covered, 0.35, 0.60);
        Assert.InRange(ProtocolCoverage.Of(alike, ProtocolRule.Fixed(1000), 300, Seed).Covered, 0.35, 0.60);
    }

    [Theory]
    [InlineData(5, 0.005)]
    [InlineData(5, 0.01)]
    [InlineData(10, 0.01)]
    public void Equal_sides_are_called_different_in_three_to_seven_of_a_hundred(int launches, double launchSd) =>
        Assert.InRange(Share(launches, launchSd, 1, verdict => verdict.Times.P < 0.05), 0.03, 0.07);

    [Fact]
    public void Equal_sides_on_several_cards_are_called_different_in_three_to_seven_of_a_hundred() =>
        Assert.InRange(Share(6, 0.01, 1, verdict => verdict.Times is { Method: RatioMethod.CardModel, P: < 0.05 }, cards: 3), 0.03, 0.07);

    [Theory]
    [InlineData(3, 0.0)]
    [InlineData(4, 0.05)]
    public void Few_launches_call_equal_sides_different_less_often_still(int launches, double most) =>
        Assert.InRange(Share(launches, 0.01, 1, verdict => verdict.Times.P < 0.05), 0, most);

    [Fact]
    public void A_slow_down_of_three_percent_is_found_by_five_launches_in_nine_of_ten() =>
        Assert.InRange(Share(5, 0.01, 1.03, verdict => verdict.Verdict == Verdict.Slower), 0.90, 1);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public void A_side_slower_by_the_margin_is_called_the_same_in_one_of_twenty_at_most(int launches) =>
        Assert.InRange(Share(launches, 0.005, 1.01, verdict => verdict.Verdict == Verdict.Same), 0, 0.06);

    [Fact]
    public void The_further_launches_decide_in_at_least_four_of_five_cases()
    {
        const double Ratio = 1.03, Sd = 0.02;
        var noise = new ProtocolNoise(Seed);
        (int open, int decided) = (0, 0);
        for (int trial = 0; trial < 2000; trial++)
        {
            List<ComparedLaunch> baseline = Side(5, Sd, 1, noise), candidate = Side(5, Sd, Ratio, noise);
            PairVerdict before = Judge(baseline, candidate);
            // Only where ratio and spread look as they are, because that is what the number is promised for.
            if (before.FurtherLaunches is not { } further || Math.Abs(before.Times.Ratio!.Value - Ratio) > 0.005) continue;
            if (Math.Abs(before.Times.Interval95!.High - before.Times.Interval95.Low - 0.06) > 0.01) continue;
            open++;
            baseline.AddRange(Side(further, Sd, 1, noise));
            candidate.AddRange(Side(further, Sd, Ratio, noise));
            if (Judge(baseline, candidate).Verdict == Verdict.Slower) decided++;
        }

        Assert.InRange(open, 100, 2000);
        Assert.InRange(decided / (double)open, 0.80, 1);
    }

    private static double Share(int launches, double launchSd, double ratio, Func<PairVerdict, bool> what, int cards = 1)
    {
        const int Trials = 2000;
        var noise = new ProtocolNoise(Seed);
        return Enumerable.Range(0, Trials).Count(_ => what(Judge(Side(launches, launchSd, 1, noise, cards), Side(launches, launchSd, ratio, noise, cards)))) / (double)Trials;
    }

    private static List<ComparedLaunch> Side(int launches, double launchSd, double ratio, ProtocolNoise noise, int cards = 1) =>
        [.. Enumerable.Range(0, launches).Select(i => new ComparedLaunch(1000 * (1 + (0.1 * (i % cards))) * ratio * Math.Exp(launchSd * noise.Normal()), $"card-{i % cards}"))];

    private static PairVerdict Judge(IReadOnlyList<ComparedLaunch> baseline, IReadOnlyList<ComparedLaunch> candidate) =>
        ComparisonList.Judge([new ComparedPair { Baseline = baseline, Candidate = candidate, Margin = NoiseFloor.Default }], Adjustment.FalseDiscoveryRate)[0];
}
