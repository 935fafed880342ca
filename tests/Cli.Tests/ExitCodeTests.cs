using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Cli.Tests;

public sealed class ExitCodeTests
{
    [Fact]
    public void All_valid_is_success() => Assert.Equal(ExitCode.Success, ExitCode.Of([Cell(CellState.Valid), Cell(CellState.Valid)], requireAll: true));

    [Theory]
    [InlineData(CellState.Unstable)]
    [InlineData(CellState.Contended)]
    [InlineData(CellState.Failed)]
    public void A_cell_that_is_not_valid_shows(CellState state) => Assert.Equal(ExitCode.NotAllValid, ExitCode.Of([Cell(CellState.Valid), Cell(state)], requireAll: false));

    [Theory]
    [InlineData(CellState.Unsupported, FailureCode.UnsupportedFp16)]
    [InlineData(CellState.Missing, FailureCode.NoDeviceClass)]
    public void What_this_machine_cannot_measure_counts_only_when_all_is_required(CellState state, string code)
    {
        CellResult[] cells = [Cell(CellState.Valid), Cell(state) with { Code = code }];

        Assert.Equal(ExitCode.Success, ExitCode.Of(cells, requireAll: false));
        Assert.Equal(ExitCode.NotAllValid, ExitCode.Of(cells, requireAll: true));
    }

    [Fact]
    public void Nothing_measured_is_its_own_code() => Assert.Equal(ExitCode.NothingMeasured, ExitCode.Of([Cell(CellState.Failed)], requireAll: false));

    private static CellResult Cell(CellState state) => new()
    {
        State = state,
        P50Us = state is CellState.Failed or CellState.Unsupported or CellState.Missing ? null : 1,
        Cell = new Cell
        {
            Kind = CellKind.Latency,
            Model = "m",
            ArtifactSha256 = new string('0', 64),
            DeviceClass = "cpu",
            Precision = Precision.Fp32,
            Batch = 1,
            Crop = 224,
            ResizeShort = 256,
            Provider = "cpu",
            Flavour = "ort131-cpu",
            Scope = Scope.EndToEnd,
        },
    };
}
