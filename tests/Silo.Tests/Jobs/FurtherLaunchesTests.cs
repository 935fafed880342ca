using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;
using Fleetmark.Silo.Jobs;
using Fleetmark.Storage.Results;

namespace Fleetmark.Silo.Tests.Jobs;

public sealed class FurtherLaunchesTests
{
    private static readonly EffortSettings Standard = EffortSettings.For(Effort.Standard, isCpu: true);

    [Theory]
    [InlineData(0.019, false)]
    [InlineData(0.021, true)]
    public void A_cell_wants_another_launch_while_its_interval_is_wider_than_the_effort_aims_at(double halfWidth, bool wanted) =>
        Assert.Equal(wanted, FurtherLaunches.IsWanted(Cell(halfWidth), repetitions: 5, Standard));

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void The_maximum_counts_repetitions_whatever_became_of_them(int repetitions, bool wanted) =>
        Assert.Equal(wanted, FurtherLaunches.IsWanted(Cell(0.5), repetitions, Standard));

    [Theory]
    [InlineData(MeasurementState.Valid, true)]
    [InlineData(MeasurementState.Unstable, true)]
    [InlineData(MeasurementState.Throttled, false)]
    [InlineData(MeasurementState.Contended, false)]
    [InlineData(MeasurementState.Failed, false)]
    public void A_cell_that_its_spread_does_not_spoil_is_not_helped_by_launches(MeasurementState state, bool wanted) =>
        Assert.Equal(wanted, FurtherLaunches.IsWanted(Cell(0.5) with { State = (short)state }, repetitions: 5, Standard));

    [Fact]
    public void A_cell_without_an_interval_gets_none() =>
        Assert.False(FurtherLaunches.IsWanted(Cell(0.5) with { CiLowUs = null, CiHighUs = null }, repetitions: 5, Standard));

    [Fact]
    public void A_cell_that_nothing_can_measure_gets_none() =>
        Assert.False(FurtherLaunches.IsWanted(Cell(0.5) with { State = 5, CiLowUs = null, CiHighUs = null }, repetitions: 1, Standard));

    [Fact]
    public void Quick_adds_none() => Assert.False(FurtherLaunches.IsWanted(Cell(0.5), repetitions: 1, EffortSettings.For(Effort.Quick, isCpu: true)));

    private static CellProjection Cell(double halfWidth) => new()
    {
        CellId = 1,
        Basis = 10,
        Complete = true,
        State = 0,
        Launches = 5,
        LaunchesStarted = 5,
        Attempts = 5,
        P50Us = 1000,
        CiLowUs = 1000 * Math.Exp(-halfWidth),
        CiHighUs = 1000 * Math.Exp(halfWidth),
    };
}
