using Fleetmark.Agent.Workers;

namespace Fleetmark.Agent.Fleet;

/// <summary>A worker executable of this machine.</summary>
internal sealed record Runtime
{
    /// <summary>The flavour of its cells.</summary>
    internal required string Name { get; init; }

    /// <summary>How it is started.</summary>
    internal required WorkerCommand Command { get; init; }

    /// <summary>Vendors of the devices it is tried on.</summary>
    internal required IReadOnlyList<string> Devices { get; init; }

    /// <summary>SHA-256 the executable must have, hexadecimal; null when it is not checked.</summary>
    internal string? Sha256 { get; init; }

    /// <summary>The folder that holds its program and nothing else; null for one that configuration names.</summary>
    internal string? Folder { get; init; }

    /// <summary>Whether it writes model files, those in FP16 too, and inspects what it makes of them.</summary>
    internal bool BuildsModels { get; init; }

    /// <summary>How it is started for a device: a worker sees its own GPU and no other, whatever the runtime's configuration says; for a CPU it sees none.</summary>
    internal WorkerCommand CommandFor(Device device)
    {
        var environment = new Dictionary<string, string>(Command.Environment, StringComparer.Ordinal)
        {
            ["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID",
            ["CUDA_VISIBLE_DEVICES"] = device.IsCpu ? "" : device.Uuid,
            // FP32 must be FP32 also where a library of NVIDIA's would rather use the shorter format and offers no option: TensorRT.
            ["NVIDIA_TF32_OVERRIDE"] = "0",
        };
        return Command with { Environment = environment };
    }
}
