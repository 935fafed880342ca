namespace Fleetmark.Contracts.Plans;

/// <summary>Execution providers a plan may name.</summary>
public static class ExecutionProviders
{
    /// <summary>The CPU; default of CPU classes.</summary>
    public const string Cpu = "cpu";

    /// <summary>NVIDIA CUDA; default of all other classes.</summary>
    public const string Cuda = "cuda";

    /// <summary>NVIDIA TensorRT.</summary>
    public const string TensorRt = "tensorrt";
}
