using Fleetmark.Contracts.Fleet;

namespace Fleetmark.Contracts.Plans;

/// <summary>A device class a plan's word means, and what the class does where the plan does not say.</summary>
/// <param name="Word">The plan's word.</param>
/// <param name="Class">The class.</param>
internal sealed record MeantClass(string Word, DeviceClass Class)
{
    private const string RuntimePrefix = "runtime:";
    private const string ProviderPrefix = "provider:";

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
    /// Flavour of the class where the plan lists none: ours for the provider if the class has it or nothing is known of the class, else the first it has in ordinal
    /// order, so that a further runtime on some agent splits no history.
    /// </summary>
    internal string OwnFlavour(string provider)
    {
        string ours = provider == ExecutionProviders.Cpu ? RuntimeFlavours.Cpu : RuntimeFlavours.Cuda;
        List<string> flavours = [.. Words(RuntimePrefix).Order(StringComparer.Ordinal)];
        return flavours.Count == 0 || flavours.Contains(ours) ? ours : flavours[0];
    }

    /// <summary>What a device must be able to do.</summary>
    internal static IReadOnlyList<string> Requires(string flavour, string provider) => [RuntimePrefix + flavour, ProviderPrefix + provider];

    /// <summary>True when the class is offered and none of its devices has the provider. Of a class that nobody offers, nobody knows.</summary>
    internal bool LacksProvider(string provider) => Lacks(ProviderPrefix + provider);

    /// <summary>True when the class is offered and none of its devices has the flavour.</summary>
    internal bool LacksRuntime(string flavour) => Lacks(RuntimePrefix + flavour);

    private bool Lacks(string capability) => Class.Offered && !Class.Capabilities.Contains(capability, StringComparer.Ordinal);

    private IEnumerable<string> Words(string prefix) =>
        Class.Capabilities.Where(c => c.StartsWith(prefix, StringComparison.Ordinal)).Select(c => c[prefix.Length..]);
}
