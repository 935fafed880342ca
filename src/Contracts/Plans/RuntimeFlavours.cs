namespace Fleetmark.Contracts.Plans;

/// <summary>Our own worker flavours: the version of ONNX Runtime and what it was built for.</summary>
public static class RuntimeFlavours
{
    /// <summary>ONNX Runtime 1.31 for the CPU.</summary>
    public const string Cpu = "ort131-cpu";

    /// <summary>ONNX Runtime 1.22 for CUDA 12, the last that runs on Volta.</summary>
    public const string Cuda = "ort122-cuda12";
}
