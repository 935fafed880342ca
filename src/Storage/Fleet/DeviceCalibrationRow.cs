namespace Fleetmark.Storage.Fleet;

/// <summary>What a card sustains under a long load, at enrolment and weekly: its health record. Table <c>device_calibration</c>.</summary>
internal sealed class DeviceCalibrationRow
{
    public int DeviceId { get; init; }

    public DateTimeOffset MeasuredAt { get; init; }

    public float? SmClockMhz { get; init; }

    public double? P50Us { get; init; }

    public float? PowerW { get; init; }

    public float? TempC { get; init; }

    public string Detail { get; init; } = "{}";
}
