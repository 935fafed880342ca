namespace Fleetmark.Storage.Sessions;

/// <summary>What a card sustained under a long load, as its agent measured it; null what the card does not tell.</summary>
/// <param name="Uuid">UUID of the device.</param>
/// <param name="MeasuredAt">When, by the agent's clock; with the device it names the calibration.</param>
/// <param name="SmClockMhz">Median clock of the multiprocessors.</param>
/// <param name="P50Us">Median time of a call.</param>
/// <param name="PowerW">Mean power.</param>
/// <param name="TempC">Highest temperature.</param>
public sealed record RegisteredCalibration(string Uuid, DateTimeOffset MeasuredAt, double? SmClockMhz, double P50Us, double? PowerW, double? TempC);
