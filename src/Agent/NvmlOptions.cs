using System.ComponentModel.DataAnnotations;
using Fleetmark.Agent.Nvml;

namespace Fleetmark.Agent;

/// <summary>How GPUs of NVIDIA are found and watched. Section "Agent:Nvml".</summary>
public sealed class NvmlOptions
{
    /// <summary>Name or path of NVIDIA's management library. A machine that has none has no GPU. Default <c>libnvidia-ml.so.1</c>, which the driver installs.</summary>
    [Required]
    public string Library { get; set; } = NvmlSymbols.DefaultLibrary;

    /// <summary>
    /// Absolute path of a file with telemetry to replay instead of a library, for tests and demonstrations: its devices are marked as simulated wherever they show. Default
    /// none.
    /// </summary>
    [RegularExpression("^/.+$")]
    public string? Replay { get; set; }
}
