namespace Fleetmark.Contracts.Fleet;

/// <summary>A class of devices that are compared as one, with what its members can do.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.DeviceClass)]
public sealed record DeviceClass
{
    /// <summary><see cref="Vendor"/> of a class that so far only a plan has named.</summary>
    public const string UnknownVendor = "unknown";

    /// <summary>Name in plans, tables and rows: lower-case letters, digits and hyphens, such as <c>v100-sxm2-16gb</c>.</summary>
    [Id(0)] public required string Slug { get; init; }

    /// <summary><c>cpu</c> or the GPU's vendor, such as <c>nvidia</c>; <c>unknown</c> for a class that so far only a plan has named.</summary>
    [Id(1)] public required string Vendor { get; init; }

    /// <summary>What people call the hardware, such as <c>Tesla T4</c>; the slug for an unknown class.</summary>
    [Id(2)] public required string DisplayName { get; init; }

    /// <summary>
    /// Union of what its devices can do, canonical lower-case words: <c>runtime:ort131-cpu/cpu/fp32</c> and the others of <see cref="CapabilityWords"/>. Empty when no device
    /// is known.
    /// </summary>
    [Id(3)] public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>True when at least one device of the class is connected.</summary>
    [Id(4)] public bool Offered { get; init; }

    /// <summary>UUIDs of its connected devices, in ordinal order.</summary>
    [Id(5)] public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>What does not work on its connected devices, and why. Another device of the class may be better off: the capabilities count first.</summary>
    [Id(6)] public IReadOnlyList<RuntimeFinding> Findings { get; init; } = [];

    /// <summary>True for a class that so far only a plan has named; it has no device and never had one.</summary>
    internal bool IsUnknown => string.Equals(Vendor, UnknownVendor, StringComparison.Ordinal);

    /// <summary>The class of a device word that means nothing known.</summary>
    internal static DeviceClass Unknown(string word) => new() { Slug = word, Vendor = UnknownVendor, DisplayName = word };

    /// <summary>True when a plan's device word means this class: the slug itself or its leading words (<c>v100</c> means every <c>v100-…</c>).</summary>
    public bool IsMeantBy(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return Means(word, Slug);
    }

    /// <summary>True when a device word means a slug: it is the slug, or its leading words.</summary>
    internal static bool Means(string word, string slug) =>
        slug.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (slug.Length == word.Length || slug[word.Length] == '-');
}
