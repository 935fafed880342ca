using Fleetmark.Measurement.Cells;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;

namespace Fleetmark.Measurement.Tests.Cells;

public sealed class CellEstimateTests
{
    private static readonly EffortSettings Standard = EffortSettings.For(Effort.Standard, isCpu: true);

    private static CellLaunch Valid(double medianUs) => new(MeasurementState.Valid, medianUs, 0.02, 200);

    private static CellLaunch In(MeasurementState state, double? medianUs) => new(state, medianUs, null, 200);

    [Fact]
    public void The_estimate_is_the_median_of_the_launch_medians_with_an_interval_on_the_log_scale()
    {
        CellEstimate cell = CellEstimate.From([Valid(100), Valid(101), Valid(99), Valid(102), Valid(100.5)], Standard);
        Assert.Equal(MeasurementState.Valid, cell.State);
        Assert.Equal(100.5, cell.Value);
        // exp(mean log ± 2.776445 · SD log / √5), computed with another program.
        Assert.Equal(99.116, cell.Low!.Value, 0.001);
        Assert.Equal(101.893, cell.High!.Value, 0.001);
        Assert.Equal((5, 5), (cell.Counted, cell.Started));
        Assert.Equal(0.02 / 2.262157, cell.WithinSd!.Value, 1e-6);
        Assert.Empty(cell.Notes);
    }

    [Fact]
    public void One_launch_has_no_interval_and_says_so()
    {
        CellEstimate cell = CellEstimate.From([Valid(100)], Standard);
        Assert.Equal((MeasurementState.Valid, 100), (cell.State, cell.Value));
        Assert.Null(cell.Low ?? cell.High ?? cell.BetweenSd);
        Assert.Equal(["few-launches"], cell.Notes);
    }

    [Fact]
    public void Failed_contended_and_throttled_launches_do_not_enter()
    {
        CellEstimate cell = CellEstimate.From(
            [Valid(100), Valid(100), Valid(101), In(MeasurementState.Contended, 500), In(MeasurementState.Failed, null)], Standard);
        Assert.Equal((MeasurementState.Valid, 100), (cell.State, cell.Value));
        Assert.Equal("3 of 5", cell.Notes[0]);
    }

    [Fact]
    public void Below_sixty_percent_valid_the_worst_launch_names_the_cell()
    {
        CellEstimate cell = CellEstimate.From(
            [Valid(100), Valid(100), In(MeasurementState.Unstable, 100), In(MeasurementState.Contended, 500), In(MeasurementState.Unstable, 102)], Standard);
        Assert.Equal(MeasurementState.Contended, cell.State);
        Assert.Equal(100, cell.Value);
        Assert.Equal(4, cell.Counted);
    }

    [Fact]
    public void Where_only_bad_numbers_exist_they_are_shown_as_what_they_are()
    {
        CellEstimate cell = CellEstimate.From([In(MeasurementState.Contended, 100), In(MeasurementState.Contended, 104), In(MeasurementState.Failed, null)], Standard);
        Assert.Equal((MeasurementState.Failed, 102), (cell.State, cell.Value));
        CellEstimate nothing = CellEstimate.From([In(MeasurementState.Failed, null)], Standard);
        Assert.Equal((MeasurementState.Failed, null, 0), (nothing.State, nothing.Value, nothing.Counted));
    }

    [Fact]
    public void Launches_that_disagree_make_the_cell_unstable()
    {
        CellEstimate cell = CellEstimate.From([Valid(100), Valid(110), Valid(95), Valid(104), Valid(100)], Standard);
        Assert.Equal(MeasurementState.Unstable, cell.State);
        Assert.Equal(["launch-spread", "target-missed"], cell.Notes);
        Assert.Equal(MeasurementState.Valid, CellEstimate.From([Valid(100), Valid(110), Valid(95)], EffortSettings.For(Effort.Quick, isCpu: true)).State);
    }
}
