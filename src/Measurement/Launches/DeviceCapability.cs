namespace Fleetmark.Measurement.Launches;

/// <summary>What came of trying a provider on a device.</summary>
public sealed record DeviceCapability
{
    /// <summary><see cref="State"/> of a device that works.</summary>
    public const string Ok = "ok";

    /// <summary><see cref="State"/> of a device whose architecture the runtime has no kernels for.</summary>
    public const string UnsupportedArchitecture = "unsupported-arch";

    /// <summary><see cref="State"/> when a library of the provider is absent.</summary>
    public const string MissingLibrary = "missing-library";

    /// <summary><see cref="State"/> when the driver is older than the runtime needs.</summary>
    public const string DriverTooOld = "driver-too-old";

    /// <summary><see cref="State"/> of any other failure; <see cref="Reason"/> says which.</summary>
    public const string Error = "error";

    /// <summary>UUID of the device; null for the CPU.</summary>
    public string? Uuid { get; init; }

    /// <summary>One of the words above.</summary>
    public required string State { get; init; }

    /// <summary>One line for people when the state is not <see cref="Ok"/>.</summary>
    public string? Reason { get; init; }
}
