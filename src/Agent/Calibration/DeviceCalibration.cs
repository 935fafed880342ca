namespace Fleetmark.Agent.Calibration;

/// <summary>What a card sustained under a long load: what its later launches are judged by, and its health record.</summary>
internal sealed record DeviceCalibration
{
    /// <summary>When, by this machine's clock.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>Median clock of the multiprocessors over the last 30 s, in MHz; null where the device does not tell, as for the others.</summary>
    public double? SmClockMhz { get; init; }

    /// <summary>Median time of a call in the second half of the load, in µs.</summary>
    public required double P50Us { get; init; }

    /// <summary>Mean power over the last 30 s, in W.</summary>
    public double? PowerW { get; init; }

    /// <summary>Highest temperature over the last 30 s, in °C.</summary>
    public double? TempC { get; init; }
}
