using System.Globalization;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// An execution provider of this worker. A further one is one file with a subclass of <see cref="SessionSettings"/> that holds such a record, its name here in
/// <see cref="All"/>, and its options in <see cref="Measurement.Providers.KnownProviders"/>. Whether the runtime really has it is only known when a session is made.
/// </summary>
internal sealed record ExecutionProvider
{
    /// <summary>Compute capability from which NVIDIA's GPUs compute in FP16.</summary>
    private const double Fp16Capability = 5.3;

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<ExecutionProvider> All { get; } = [CpuSettings.Provider, CudaSettings.Provider, TensorRtSettings.Provider];

    /// <summary>Its name, as plans write it.</summary>
    internal required string Name { get; init; }

    /// <summary>The settings of a session for a launch.</summary>
    internal required Func<LaunchRequest, SessionSettings> Settings { get; init; }

    /// <summary>What it computes in on a device; of the CPU the device is null.</summary>
    internal required Func<LaunchDevice?, IReadOnlyList<Precision>> PrecisionsOn { get; init; }

    /// <summary>Its memory; null for the CPU's, which is the host's own.</summary>
    internal DeviceMemory? Memory { get; init; }

    /// <summary>The provider of that name, or null.</summary>
    internal static ExecutionProvider? Find(string name) => All.FirstOrDefault(provider => provider.Name == name);

    /// <summary>What NVIDIA's GPUs compute in: FP16 from compute capability 5.3 on. INT8 needs models that do not exist yet.</summary>
    internal static IReadOnlyList<Precision> OfNvidia(LaunchDevice? device) =>
        double.TryParse(device?.ComputeCapability, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double capability) && capability >= Fp16Capability
            ? [Precision.Fp32, Precision.Fp16]
            : [Precision.Fp32];
}
