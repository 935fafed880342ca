using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Plans;

/// <summary>
/// The cells a run measures beside its plan to learn how far apart equal things measure on each device: a network whose calls cost almost nothing and one that fills the
/// device, each twice.
/// </summary>
internal static class SentinelCells
{
    private static readonly Watched[] OnCpu = [new("SqueezeNet1_1", 1), new("VGG11", 1)];
    private static readonly Watched[] OnGpu = [new("SqueezeNet1_1", 1), new("VGG16", 8)];

    private static readonly string[] Labels = [SentinelMark.A, SentinelMark.B];

    /// <summary>Names of the built-in models that devices of the class are watched with.</summary>
    internal static IEnumerable<string> Models(MeantClass device) => Of(device).Select(w => w.Model);

    /// <summary>The sentinels of a class: for each device known now both models under both labels, FP32, end to end, by the class's own provider and flavour.</summary>
    /// <param name="device">The class.</param>
    /// <param name="artifacts">The built-in models by name; one that is missing is left out.</param>
    internal static IEnumerable<Cell> Of(MeantClass device, IReadOnlyList<PlanArtifact> artifacts)
    {
        string flavour = device.OwnFlavour(device.OwnProvider);
        if (device.WhyNot(flavour, device.OwnProvider, Precision.Fp32) is not null) yield break;
        foreach (string uuid in device.Class.Devices)
        {
            foreach (Watched watched in Of(device))
            {
                if (artifacts.FirstOrDefault(a => a.Name == watched.Model) is not { } artifact) continue;
                foreach (string label in Labels)
                {
                    yield return new Cell
                    {
                        Kind = CellKind.Latency,
                        Model = watched.Model,
                        ArtifactSha256 = artifact.Sha256,
                        DeviceClass = device.Class.Slug,
                        Precision = Precision.Fp32,
                        Batch = watched.Batch,
                        Crop = artifact.Crop,
                        ResizeShort = artifact.ResizeShort,
                        Provider = device.OwnProvider,
                        Flavour = flavour,
                        Scope = Scope.EndToEnd,
                        Sentinel = new SentinelMark { Label = label, Device = uuid },
                    };
                }
            }
        }
    }

    private static Watched[] Of(MeantClass device) => device.IsCpu ? OnCpu : OnGpu;

    private sealed record Watched(string Model, int Batch);
}
