namespace Fleetmark.Measurement.Bracketing;

/// <summary>Times a block of calls; it must not allocate.</summary>
/// <param name="elapsed">Receives the time of each call in nanoseconds.</param>
public delegate void TimedBlock(Span<long> elapsed);
