namespace Fleetmark.Contracts.Fleet;

/// <summary>Whether a device is trusted with work. The numbers are stored; append only.</summary>
public enum DeviceHealth
{
    /// <summary>Not tried yet.</summary>
    New = 0,

    /// <summary>Trusted.</summary>
    Healthy = 1,

    /// <summary>Not trusted; gets canaries only.</summary>
    Quarantined = 2,

    /// <summary>Passed its canaries; one strike sends it back.</summary>
    Probation = 3,
}
