using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.WarmUp;

namespace Fleetmark.Measurement.Tests.WarmUp;

public sealed class SteadinessTests
{
    [Theory]
    [InlineData(Effort.Standard, new long[] { 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000 }, null)]
    [InlineData(Effort.Standard, new long[] { 1_000_000, 1_002_000, 1_001_000, 1_003_000, 1_000_500, 1_002_500 }, true)]
    [InlineData(Effort.Standard, new long[] { 1_000_000, 1_001_000, 1_002_000, 1_003_000, 1_004_000, 1_005_000 }, false)]
    [InlineData(Effort.Standard, new long[] { 1_000_000, 1_020_000, 1_001_000, 1_003_000, 1_000_500, 1_002_500 }, false)]
    [InlineData(Effort.Standard, new long[] { 9_000_000, 1_000_000, 1_002_000, 1_001_000, 1_003_000, 1_000_500, 1_002_500 }, true)]
    [InlineData(Effort.Standard, new long[] { 100_000, 101_800, 100_500, 101_000, 100_200, 100_900 }, true)]
    [InlineData(Effort.Standard, new long[] { 100_000, 102_200, 100_500, 101_000, 100_200, 100_900 }, false)]
    [InlineData(Effort.Quick, new long[] { 1_000_000, 1_010_000, 1_020_000, 1_030_000 }, true)]
    [InlineData(Effort.Quick, new long[] { 1_000_000, 1_010_000, 1_020_000, 1_060_000 }, false)]
    [InlineData(Effort.Quick, new long[] { 100_000, 104_000, 101_000, 103_000 }, true)]
    public void Windows_are_steady_without_trend_and_close_together(Effort effort, long[] medians, bool? expected) =>
        Assert.Equal(expected, Steadiness.Test(medians, EffortSettings.For(effort, isCpu: true).WarmUp));
}
