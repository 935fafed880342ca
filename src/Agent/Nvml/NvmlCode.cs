namespace Fleetmark.Agent.Nvml;

/// <summary>What functions of NVML answer (<c>nvmlReturn_t</c>), as far as it makes a difference here.</summary>
internal static class NvmlCode
{
    /// <summary>The call worked.</summary>
    internal const int Success = 0;

    /// <summary>An argument makes no sense, such as an index past the last device.</summary>
    internal const int InvalidArgument = 2;

    /// <summary>This device has no such value.</summary>
    internal const int NotSupported = 3;

    /// <summary>This user may not ask.</summary>
    internal const int NoPermission = 4;

    /// <summary>There is no such device.</summary>
    internal const int NotFound = 6;

    /// <summary>The buffer is too small; the size that is needed was written.</summary>
    internal const int InsufficientSize = 7;

    /// <summary>The driver is not loaded.</summary>
    internal const int DriverNotLoaded = 9;

    /// <summary>The device fell off the bus.</summary>
    internal const int GpuIsLost = 15;

    /// <summary>The device must be reset before it works again.</summary>
    internal const int ResetRequired = 16;

    /// <summary>True for answers that mean that the device cannot be used now; every other failure only means that one value is not known.</summary>
    internal static bool IsLoss(int code) => code is DriverNotLoaded or GpuIsLost or ResetRequired;
}
