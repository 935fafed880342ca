using Fleetmark.Measurement.Efforts;

namespace Fleetmark.Measurement.Tests.Efforts;

public sealed class EffortSettingsTests
{
    [Theory]
    [InlineData(Effort.Quick, 3, 3, null, 500, 10, 2000, 100, 10, 4, 1.05, 800, 30, 2000, 5000, 3, 0.02, 0.10, 0.10, 0.05, 0.20, 0, false)]
    [InlineData(Effort.Standard, 5, 10, 0.02, 3000, 50, 30000, 250, 20, 6, 1.01, 3000, 200, 20000, 20000, 10, 0.01, 0.02, 0.03, 0.01, 0.05, 2, true)]
    [InlineData(Effort.Publish, 10, 20, 0.01, 5000, 50, 60000, 250, 20, 6, 1.01, 5000, 1000, 30000, 20000, 20, 0.005, 0.01, 0.02, 0.01, 0.05, 2, true)]
    public void Every_row_of_the_table_is_the_documented_one(
        Effort effort, int planned, int maximum, double? target, int warmMs, int warmCalls, int capMs, int windowMs, int windowCalls, int windows, double ratio,
        int minMs, int minCount, int maxMs, int maxCount, int floor, double halfWidth, double unstable, double spread, double steal, double foreign, int retries, bool sentinels)
    {
        EffortSettings settings = EffortSettings.For(effort, isCpu: true);
        Assert.Equal((planned, maximum, target), (settings.LaunchesPlanned, settings.LaunchesMaximum, settings.CellHalfWidthTarget));
        Assert.Equal((warmMs, warmCalls, capMs), (settings.WarmUp.MinMs, settings.WarmUp.MinCalls, settings.WarmUp.CapMs));
        Assert.Equal((windowMs, windowCalls, windows, ratio), (settings.WarmUp.WindowMs, settings.WarmUp.WindowCalls, settings.WarmUp.Windows, settings.WarmUp.Ratio));
        Assert.Equal((minMs, minCount, maxMs, maxCount, floor), (settings.Sampling.MinMs, settings.Sampling.MinCount, settings.Sampling.MaxMs, settings.Sampling.MaxCount, settings.Sampling.FloorCount));
        Assert.Equal((halfWidth, unstable, spread), (settings.Sampling.HalfWidth, settings.UnstableHalfWidth, settings.UnstableLaunchSpread));
        Assert.Equal((steal, foreign, retries, sentinels), (settings.ContendedSteal, settings.ContendedForeignCpu, settings.Retries, settings.Sentinels));
    }

    [Theory]
    [InlineData(Effort.Quick, true, 0)]
    [InlineData(Effort.Quick, false, 1)]
    [InlineData(Effort.Standard, true, 3)]
    [InlineData(Effort.Publish, false, 5)]
    public void Slow_cells_warm_up_by_calls(Effort effort, bool isCpu, int slowCalls) => Assert.Equal(slowCalls, EffortSettings.For(effort, isCpu).WarmUp.SlowCalls);

    [Theory]
    [InlineData(new double[] { }, true)]
    [InlineData(new[] { 15.9 }, true)]
    [InlineData(new[] { 16.0 }, false)]
    [InlineData(new[] { 5.0, 5.5 }, true)]
    [InlineData(new[] { 5.0, 5.6 }, false)]
    [InlineData(new[] { 9.0, 9.0 }, false)]
    [InlineData(new[] { 1.0, 1.0, 1.0 }, true)]
    public void Quick_starts_another_launch_only_inside_the_budget_of_the_cell(double[] spentSeconds, bool expected) =>
        Assert.Equal(expected, QuickBudget.MayStartAnother(EffortSettings.For(Effort.Quick, isCpu: true), Array.ConvertAll(spentSeconds, TimeSpan.FromSeconds)));

    [Fact]
    public void Efforts_without_budget_always_start_another() =>
        Assert.True(QuickBudget.MayStartAnother(EffortSettings.For(Effort.Standard, isCpu: true), [TimeSpan.FromHours(1), TimeSpan.FromHours(1)]));
}
