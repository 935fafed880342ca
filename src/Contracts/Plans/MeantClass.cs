using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Plans;

/// <summary>A device class a plan's word means, and what the class does where the plan does not say.</summary>
/// <param name="Word">The plan's word.</param>
/// <param name="Class">The class.</param>
internal sealed record MeantClass(string Word, DeviceClass Class)
{
    /// <summary>True for the classes whose cells run on the CPU.</summary>
    internal bool IsCpu => Class.IsUnknown ? DeviceClass.Means("cpu", Class.Slug) : string.Equals(Class.Vendor, "cpu", StringComparison.Ordinal);

    /// <summary>Provider of the class where the plan lists none.</summary>
    internal string OwnProvider => IsCpu ? ExecutionProviders.Cpu : ExecutionProviders.Cuda;

    /// <summary>The classes a word means, by slug. Nothing known: a class of that name that nobody offers.</summary>
    internal static IReadOnlyList<MeantClass> Of(string word, IReadOnlyList<DeviceClass> classes, bool offeredOnly)
    {
        // A class row that an earlier plan's word left behind is no hardware: it must not stand beside the real classes the same word means today.
        List<DeviceClass> meant = [.. classes.Where(c => !c.IsUnknown && c.IsMeantBy(word)).OrderBy(c => c.Slug, StringComparer.Ordinal)];
        if (offeredOnly && meant.Exists(c => c.Offered)) meant.RemoveAll(c => !c.Offered);
        return meant.Count == 0 ? [new MeantClass(word, DeviceClass.Unknown(word))] : [.. meant.Select(c => new MeantClass(word, c))];
    }

    /// <summary>
    /// Flavour of the class where the plan lists none: ours for the provider if the class has it or nothing is known of the class, else the first it has with that
    /// provider in ordinal order, so that a further runtime on some agent splits no history.
    /// </summary>
    internal string OwnFlavour(string provider)
    {
        string ours = RuntimeFlavours.DefaultOf(provider);
        string[] flavours = [.. CapabilityWords.Runtimes(Class.Capabilities).Where(flavour => CapabilityWords.HasProvider(Class.Capabilities, flavour, provider))];
        return flavours.Length == 0 || flavours.Contains(ours) ? ours : flavours[0];
    }

    /// <summary>What a device must be able to do.</summary>
    internal static IReadOnlyList<string> Requires(string flavour, string provider, Precision precision, CellKind kind) =>
        kind == CellKind.Throughput ? [Works(flavour, provider, precision), Does(flavour, provider, kind)] : [Works(flavour, provider, precision)];

    /// <summary>Why no connected device of the class can do it; null when one can. Of a class that nobody offers, nobody knows.</summary>
    internal string? WhyNot(string flavour, string provider, Precision precision, CellKind kind = CellKind.Latency)
    {
        if (!Class.Offered) return null;
        if (Class.Capabilities.Contains(Works(flavour, provider, precision), StringComparer.Ordinal))
            return kind == CellKind.Throughput && !Class.Capabilities.Contains(Does(flavour, provider, kind), StringComparer.Ordinal) ? FailureCode.UnsupportedThroughput : null;
        if (CapabilityWords.HasProvider(Class.Capabilities, flavour, provider)) return precision == Precision.Fp16 ? FailureCode.UnsupportedFp16 : FailureCode.Unsupported;
        if (Class.Findings.FirstOrDefault(finding => !finding.IsOk && finding.IsAbout(flavour, provider)) is { } finding) return finding.UnsupportedCode();
        return CapabilityWords.Runtimes(Class.Capabilities).Contains(flavour, StringComparer.Ordinal) ? FailureCode.UnsupportedProvider : FailureCode.UnsupportedRuntime;
    }

    private static string Does(string flavour, string provider, CellKind kind) => CapabilityWords.Does(flavour, provider, CellCoordinate.Word(kind));

    private static string Works(string flavour, string provider, Precision precision) => CapabilityWords.Works(flavour, provider, PlanWords.Of(PlanWords.Precisions, precision));
}
