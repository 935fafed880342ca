namespace Fleetmark.Contracts.Jobs;

/// <summary>
/// What a place in a table shows. The first five are the states of a measurement (<see cref="Fleetmark.Measurement.Judging.MeasurementState"/>, same
/// numbers), 5 is stored for cells that no device of their class can run, the others are derived from the queue and never stored. Never a silent blank.
/// </summary>
public enum CellState
{
    /// <summary>A number without reservations.</summary>
    Valid = 0,

    /// <summary>A number that did not settle.</summary>
    Unstable = 1,

    /// <summary>A number taken while the device slowed itself down.</summary>
    Throttled = 2,

    /// <summary>A number taken while somebody else used the device.</summary>
    Contended = 3,

    /// <summary>Every attempt failed; the code says how.</summary>
    Failed = 4,

    /// <summary>No device of this class can run it; the code says why.</summary>
    Unsupported = 5,

    /// <summary>Waits for a device.</summary>
    Queued = 16,

    /// <summary>Is being measured now.</summary>
    Running = 17,

    /// <summary>Failed at least once and waits for the next attempt.</summary>
    Retrying = 18,

    /// <summary>A number of an earlier run shown in place of a missing one.</summary>
    Stale = 19,

    /// <summary>Was not measured; the code says why.</summary>
    Missing = 20,
}
