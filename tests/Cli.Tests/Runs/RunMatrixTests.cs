using Fleetmark.Cli.Runs;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Cli.Tests.Runs;

public sealed class RunMatrixTests
{
    [Fact]
    public void There_is_a_row_per_model_and_a_column_per_class_and_precision_with_a_glyph_per_batch()
    {
        RunMatrix matrix = RunMatrix.Of(SampleRun.Of(
            SampleRun.Cell("A", 4, CellState.Queued),
            SampleRun.Cell("A", 1, CellState.Valid),
            SampleRun.Cell("A", 1, CellState.Unsupported, precision: Precision.Fp16),
            SampleRun.Cell("B", 1, CellState.Running),
            SampleRun.Cell("B", 1, CellState.Missing, device: "t4")));

        Assert.Equal(["cpu-x fp32 b1,4", "cpu-x fp16 b1", "t4 fp32 b1"], matrix.Columns);
        Assert.Equal(["A", "B"], matrix.Rows.Select(r => r.Model));
        Assert.Equal(["● ·", "—", ""], matrix.Rows[0].Groups);
        Assert.Equal(["▶", "", "∅"], matrix.Rows[1].Groups);
    }

    [Fact]
    public void A_class_with_several_runtimes_has_a_column_for_each()
    {
        RunMatrix matrix = RunMatrix.Of(SampleRun.Of(SampleRun.Cell("A", 1, CellState.Valid), SampleRun.Cell("A", 1, CellState.Failed, flavour: "other")));

        Assert.Equal(["cpu-x fp32 cpu ort131-cpu b1", "cpu-x fp32 cpu other b1"], matrix.Columns);
        Assert.Equal(["●", "✗"], matrix.Rows[0].Groups);
    }

    [Fact]
    public void Clock_policies_are_columns_of_their_own_where_any_are_locked()
    {
        CellResult free = SampleRun.Cell("A", 1, CellState.Valid), locked = free with { Cell = free.Cell with { Clocks = new ClockPolicy(ClockRule.Base) }, State = CellState.Queued };
        RunMatrix matrix = RunMatrix.Of(SampleRun.Of(free, locked));

        Assert.Equal(["cpu-x fp32 clocks free b1", "cpu-x fp32 clocks base b1"], matrix.Columns);
        Assert.Equal(["●", "·"], matrix.Rows[0].Groups);
        Assert.Equal("A cpu-x fp32 clocks base batch 1", RunMatrix.Name(locked.Cell, SampleRun.Of(free, locked)));
        Assert.Equal("A cpu-x fp32 batch 1", RunMatrix.Name(free.Cell, SampleRun.Of(free, locked)));
    }

    [Fact]
    public void A_cell_is_named_with_its_runtime_where_the_class_has_several()
    {
        CellResult one = SampleRun.Cell("A", 1, CellState.Valid), other = SampleRun.Cell("A", 1, CellState.Failed, flavour: "other"), elsewhere = SampleRun.Cell("A", 1, CellState.Valid, device: "t4");

        Assert.Equal("A cpu-x fp32 batch 1", RunMatrix.Name(one.Cell, SampleRun.Of(one, elsewhere)));
        Assert.Equal("A cpu-x fp32 cpu other batch 1", RunMatrix.Name(other.Cell, SampleRun.Of(one, other, elsewhere)));
        Assert.Equal("A t4 fp32 batch 1", RunMatrix.Name(elsewhere.Cell, SampleRun.Of(one, other, elsewhere)));
    }

    [Fact]
    public void Every_state_has_a_glyph_of_its_own() => Assert.Distinct(Enum.GetValues<CellState>().Select(RunMatrix.Glyph));

    [Fact]
    public void The_legend_explains_the_glyphs_in_use_and_no_other() => Assert.Equal("● valid  · queued", RunMatrix.Legend(SampleRun.Of(
        SampleRun.Cell("A", 4, CellState.Queued), SampleRun.Cell("A", 1, CellState.Valid), SampleRun.Cell("B", 1, CellState.Valid))));
}
