namespace Fleetmark.Measurement.Comparison;

/// <summary>Whose A/A pairs a noise floor comes from.</summary>
public enum NoiseFloorSource
{
    /// <summary>Nobody's: the default.</summary>
    Default = 0,

    /// <summary>The device class's.</summary>
    DeviceClass = 1,

    /// <summary>The device's own.</summary>
    Device = 2,
}
