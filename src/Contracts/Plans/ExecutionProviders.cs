using Fleetmark.Measurement.Providers;

namespace Fleetmark.Contracts.Plans;

/// <summary>Execution providers a plan may name.</summary>
public static class ExecutionProviders
{
    /// <summary>The CPU; default of CPU classes.</summary>
    public const string Cpu = KnownProviders.Cpu;

    /// <summary>NVIDIA CUDA; default of all other classes.</summary>
    public const string Cuda = KnownProviders.Cuda;

    /// <summary>NVIDIA TensorRT.</summary>
    public const string TensorRt = KnownProviders.TensorRt;
}
