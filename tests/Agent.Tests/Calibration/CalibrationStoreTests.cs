using Fleetmark.Agent.Calibration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Calibration;

public sealed class CalibrationStoreTests : IDisposable
{
    private const int Unreadable = 5900;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly RecordedLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_calibration_counts_for_a_week_and_survives_the_agent()
    {
        var measured = new DeviceCalibration { MeasuredAt = _clock.GetUtcNow(), SmClockMhz = 1095, P50Us = 60_000.5, PowerW = 69.9, TempC = 78 };
        CalibrationStore store = Store();
        Assert.Null(store.Current("GPU-1"));
        store.Save("GPU-1", measured);
        Assert.Equal(measured, store.Current("GPU-1"));
        Assert.Null(store.Current("GPU-2"));
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(measured, Store().Current("GPU-1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(store.Current("GPU-1"));
        Assert.Null(Store().Current("GPU-1"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_and_counts_as_none()
    {
        _folder.Save("calibration/GPU-1.json", "{");
        CalibrationStore store = Store();
        Assert.Null(store.Current("GPU-1"));
        Assert.Null(store.Current("GPU-1"));
        Assert.Single(_log.Of(Unreadable));
    }

    private CalibrationStore Store() => new(Options.Create(new AgentOptions { DataFolder = _folder.Path }), _clock, _log.For<CalibrationStore>());
}
