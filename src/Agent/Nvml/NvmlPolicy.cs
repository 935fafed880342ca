namespace Fleetmark.Agent.Nvml;

/// <summary>Why clocks are held down (<c>nvmlPerfPolicyType_t</c>).</summary>
internal enum NvmlPolicy : uint
{
    /// <summary>The power limit.</summary>
    Power = 0,

    /// <summary>Heat.</summary>
    Thermal = 1,

    /// <summary>Another device of the same group.</summary>
    SyncBoost = 2,

    /// <summary>A limit of the board.</summary>
    BoardLimit = 3,

    /// <summary>Voltage that would not be reliable.</summary>
    Reliability = 5,
}
