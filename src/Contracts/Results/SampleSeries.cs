namespace Fleetmark.Contracts.Results;

/// <summary>A series of a launch, encoded by the sample codec of Measurement.</summary>
/// <param name="Series">0 call times, 1 medians of the warm-up windows; from 16 telemetry.</param>
/// <param name="Codec">Version of the codec; 1.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Body">The encoded values.</param>
public sealed record SampleSeries(short Series, short Codec, int Count, byte[] Body)
{
    /// <summary>Series of call times.</summary>
    public const short CallTimes = 0;

    /// <summary>Series of the medians of the warm-up windows.</summary>
    public const short WarmUpWindows = 1;

    /// <summary>Series of the moments at which the GPU was read, in nanoseconds since the first. The ones below have a value for each; a quantity that was not told every time has none.</summary>
    public const short DeviceTimes = 16;

    /// <summary>Series of the clock of the multiprocessors, in MHz.</summary>
    public const short SmClocks = 17;

    /// <summary>Series of the memory clock, in MHz.</summary>
    public const short MemoryClocks = 18;

    /// <summary>Series of the temperature, in °C.</summary>
    public const short Temperatures = 19;

    /// <summary>Series of the power, in mW.</summary>
    public const short Powers = 20;

    /// <summary>Series of the performance states; 0 is the fastest.</summary>
    public const short PerformanceStates = 21;

    /// <summary>Series of how busy the device was, in percent.</summary>
    public const short BusyShares = 22;

    /// <summary>Series of the reasons for the clocks, in the driver's bits.</summary>
    public const short ClockEvents = 23;

    /// <summary>Series of the number of processes that computed on the device.</summary>
    public const short ProcessCounts = 24;
}
