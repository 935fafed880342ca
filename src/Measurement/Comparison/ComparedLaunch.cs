namespace Fleetmark.Measurement.Comparison;

/// <summary>One launch as a comparison sees it. Which launches enter is the caller's choice: those that are valid, and in effort <c>quick</c> what counts there.</summary>
/// <param name="MedianUs">Median of its samples per call, in microseconds; above 0.</param>
/// <param name="Card">Id of the device it ran on: launches are compared on cards that both sides used.</param>
/// <param name="ClockMhz">Median clock of the device (SM or CPU) in its window, in MHz; null when unknown.</param>
public sealed record ComparedLaunch(double MedianUs, string Card, double? ClockMhz = null);
