namespace Fleetmark.Measurement.Judging;

/// <summary>What a launch or a measurement is worth; the worst reason wins. The numbers are stored; append only.</summary>
public enum MeasurementState
{
    /// <summary>None of the reasons below.</summary>
    Valid = 0,

    /// <summary>Not steady, drifting, or spread wider than the effort allows.</summary>
    Unstable = 1,

    /// <summary>The device slowed itself down: heat, power brake, hardware protection.</summary>
    Throttled = 2,

    /// <summary>Somebody else used the device or the cores.</summary>
    Contended = 3,

    /// <summary>Error, crash or wrong output; there is no number.</summary>
    Failed = 4,
}
