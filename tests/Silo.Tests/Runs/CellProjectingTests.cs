using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Silo.Jobs;
using Fleetmark.Silo.Runs;
using Fleetmark.Storage.Results;

namespace Fleetmark.Silo.Tests.Runs;

public sealed class CellProjectingTests
{
    private static readonly EffortSettings Quick = EffortSettings.For(Effort.Quick, isCpu: true);

    [Fact]
    public void A_cell_is_the_median_of_its_launch_medians()
    {
        CellProjection cell = CellProjecting.Project(Cell(), [Launch(100), Launch(102), Launch(104)], Quick)!;

        Assert.Equal((102.0, 3, 3), (cell.P50Us!.Value, cell.Launches, cell.LaunchesStarted));
        Assert.Equal([100.0, 102.0, 104.0], cell.LaunchP50Us);
        Assert.InRange(102, cell.CiLowUs!.Value, cell.CiHighUs!.Value);
        Assert.Equal(90, cell.N);
        Assert.Equal((100.0, 104.0), (cell.MinUs!.Value, cell.MaxUs!.Value));
    }

    [Fact]
    public void A_throughput_cell_is_the_median_of_its_launch_rates_and_its_latency_is_that_under_load()
    {
        CellProjection cell = CellProjecting.Project(Throughput(), [Rated(90, 100), Rated(100, 110), Rated(130, 104)], Quick)!;

        Assert.Equal((100.0, 3, 3, 104.0), (cell.RatePerS!.Value, cell.Launches, cell.LaunchesStarted, cell.P50Us!.Value));
        Assert.Equal([90.0, 100.0, 130.0], cell.LaunchRatePerS);
        Assert.InRange(100, cell.RateLowPerS!.Value, cell.RateHighPerS!.Value);
        Assert.Null(cell.CiLowUs ?? cell.CiHighUs);
        Assert.Equal((100.0, 110.0), (cell.MinUs!.Value, cell.MaxUs!.Value));
    }

    [Fact]
    public void A_latency_cell_has_no_rate()
    {
        CellProjection cell = CellProjecting.Project(Cell(), [Launch(100), Launch(102)], Quick)!;

        Assert.Null(cell.RatePerS ?? cell.RateLowPerS ?? cell.RateHighPerS);
        Assert.Empty(cell.LaunchRatePerS);
    }

    /// <summary>Agents are not trusted: what says no rate has no number, and the run goes on.</summary>
    [Fact]
    public void A_launch_of_a_throughput_cell_without_a_rate_counts_as_failed()
    {
        CellProjection some = CellProjecting.Project(Throughput(), [Rated(90, 100), Launch(100), Rated(92, 100)], Quick)!;
        Assert.Equal((91.0, 2, 3), (some.RatePerS!.Value, some.Launches, some.LaunchesStarted));

        CellProjection none = CellProjecting.Project(Throughput(), [Launch(100)], Quick)!;
        Assert.Equal(((short)MeasurementState.Failed, FailureCode.ResultInvalid, 0), (none.State, none.Code, none.Launches));
    }

    [Fact]
    public void A_throughput_cell_grows_while_its_rates_differ()
    {
        EffortSettings standard = EffortSettings.For(Effort.Standard, isCpu: true);
        CellProjection wide = CellProjecting.Project(Throughput(), [Rated(90, 100), Rated(100, 100), Rated(95, 100)], Quick)!;
        CellProjection narrow = CellProjecting.Project(Throughput(), [Rated(100, 90), Rated(100.1, 100), Rated(99.9, 110)], Quick)!;

        Assert.True(FurtherLaunches.IsWanted(wide, 5, standard));
        Assert.False(FurtherLaunches.IsWanted(narrow, 5, standard));
    }

    [Fact]
    public void A_contended_launch_is_counted_as_started_and_does_not_enter_the_number()
    {
        CellProjection cell = CellProjecting.Project(Cell(), [Launch(100), Launch(500, MeasurementState.Contended), Launch(102)], Quick)!;

        Assert.Equal((101.0, 2, 3), (cell.P50Us!.Value, cell.Launches, cell.LaunchesStarted));
    }

    [Fact]
    public void A_cell_that_nothing_could_measure_says_why()
    {
        CellProjection cell = CellProjecting.Project(Cell() with { Code = "unsupported:no-fp16-kernels" }, [], Quick)!;

        Assert.Equal((5, 0, "unsupported:no-fp16-kernels"), (cell.State, cell.Launches, cell.Code));
        Assert.Null(cell.P50Us);
    }

    [Fact]
    public void A_cell_that_is_still_open_and_has_nothing_has_no_row() => Assert.Null(CellProjecting.Project(Cell() with { Complete = false }, [], Quick));

    [Fact]
    public void Few_samples_have_no_percentiles()
    {
        CellProjection cell = CellProjecting.Project(Cell(), [Launch(2_000_000, count: 3)], Quick)!;

        Assert.Null(cell.P90Us);
        Assert.NotNull(cell.P50Us);
        Assert.Contains("few-launches", cell.Notes);
    }

    [Fact]
    public void A_launch_whose_output_differs_from_the_first_ones_counts_as_failed()
    {
        CellProjection cell = CellProjecting.Project(
            Cell() with { Code = FailureCode.WorkerCrash }, [Launch(100), Launch(101), Launch(102), Launch(900) with { Output = new LaunchOutput([2], [0.5]) }, Launch(104)], Quick)!;

        Assert.Equal((101.5, 4, 5, (short)MeasurementState.Valid), (cell.P50Us!.Value, cell.Launches, cell.LaunchesStarted, cell.State));
        Assert.Contains(FailureCode.WrongOutput, cell.Notes);
        Assert.Contains("4 of 5", cell.Notes);
        Assert.Null(cell.Code);
    }

    [Fact]
    public void A_cell_whose_launches_compute_different_things_has_failed()
    {
        var other = new LaunchOutput([2], [0.5]);
        CellProjection cell = CellProjecting.Project(Cell(), [Launch(100), Launch(101) with { Output = other }, Launch(102) with { Output = other }], Quick)!;

        Assert.Equal(((short)MeasurementState.Failed, FailureCode.WrongOutput), (cell.State, cell.Code));
    }

    [Fact]
    public void A_cell_most_of_whose_launches_died_says_of_what()
    {
        CellProjection cell = CellProjecting.Project(Cell() with { FailedJobs = 4, Code = FailureCode.WorkerCrash }, [Launch(100)], Quick)!;

        Assert.Equal(((short)MeasurementState.Failed, FailureCode.WorkerCrash), (cell.State, cell.Code));
        Assert.DoesNotContain(FailureCode.WrongOutput, cell.Notes);
    }

    [Fact]
    public void Clocks_of_a_cell_are_the_median_of_its_launches_and_one_note()
    {
        AcceptedLaunch[] launches = [.. new[] { 1095, 1080, 1101, 1110 }.Select(clock => Launch(100) with { SmClockP50Mhz = clock, Notes = [PowerLimitNote.Of(clock)] })];
        CellProjection row = CellProjecting.Project(Cell(), launches, EffortSettings.For(Effort.Standard, isCpu: false))!;
        Assert.Equal(1098, row.SmClockP50Mhz);
        Assert.Equal(["power-limited (sustained 1098 MHz)"], row.Notes);
        Assert.Null(CellProjecting.Project(Cell(), [Launch(100)], EffortSettings.For(Effort.Standard, isCpu: false))!.SmClockP50Mhz);
    }

    [Fact]
    public void Energy_of_a_cell_is_the_median_of_the_launches_that_tell_it()
    {
        AcceptedLaunch[] launches =
        [
            Launch(100) with { EnergyUjPerItem = 175_000, EnergyNetUjPerItem = 100_000 }, Launch(100) with { EnergyUjPerItem = 177_000 },
            Launch(100) with { EnergyUjPerItem = 250_000, EnergyNetUjPerItem = 104_000 }, Launch(100),
        ];
        CellProjection row = CellProjecting.Project(Cell(), launches, Quick)!;
        Assert.Equal((177_000.0, 102_000.0), (row.EnergyUjPerItem, row.EnergyNetUjPerItem));
        CellProjection none = CellProjecting.Project(Cell(), [Launch(100)], Quick)!;
        Assert.Equal((null, null), (none.EnergyUjPerItem, none.EnergyNetUjPerItem));
    }

    private static UnprojectedCell Cell() => new(CellId: 1, Basis: 3, Attempts: 3, Complete: true, FailedJobs: 0, Code: null, Repetitions: 3, MayGrow: true, CellKind.Latency);

    private static UnprojectedCell Throughput() => Cell() with { Kind = CellKind.Throughput };

    private static AcceptedLaunch Rated(double perS, long microseconds) => Launch(microseconds) with { RatePerS = perS, HalfWidthRel = null };


    private static AcceptedLaunch Launch(long microseconds, MeasurementState state = MeasurementState.Valid, int count = 30) => new()
    {
        CellId = 1,
        State = state,
        Flags = 0,
        Notes = [],
        P50Us = microseconds,
        HalfWidthRel = 0.01,
        Count = count,
        CallsPerSample = 1,
        DeviceId = 1,
        EnvId = 1,
        PrecisionEffective = "fp32",
        Arithmetic = Precision.Fp32,
        FinishedAt = DateTimeOffset.UnixEpoch,
        Output = new LaunchOutput([1], [0.5]),
        SmClockP50Mhz = null,
        RatePerS = null,
        Samples = SampleCodec.Encode([.. Enumerable.Repeat(microseconds * 1000, count)], callsPerSample: 1),
    };
}
