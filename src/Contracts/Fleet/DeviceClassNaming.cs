using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Fleetmark.Contracts.Fleet;

/// <summary>
/// Names the class of a device from what its hardware calls itself. Devices of one name are compared as one, so the name holds what changes speed: form and memory of
/// a GPU, cores of a CPU. Pure; the names are rows of a database, so a changed rule splits histories.
/// </summary>
public static partial class DeviceClassNaming
{
    private const int MaximumSlugLength = 63;
    private const int DigestLength = 6;

    /// <summary>Products that are sold with one size of memory and whose name is enough.</summary>
    private static readonly HashSet<string> OneMemorySize = new(StringComparer.Ordinal)
    {
        "t4", "t4g", "p4", "p40", "a2", "a10", "a10g", "a10m", "a16", "a30", "a40", "l4", "l20", "l40", "l40s", "h20", "h200", "h200-nvl", "h100-pcie", "h100-nvl", "b200", "b300", "gb200", "gb300",
    };

    /// <summary>What a GPU calls itself whose driver is older than the hardware.</summary>
    private static readonly HashSet<string> Nameless = new(StringComparer.Ordinal) { "", "nvidia", "graphics-device", "device", "gpu" };

    /// <summary>Sizes in which memory is sold, in GB; drivers report somewhat less.</summary>
    private static readonly int[] MemorySizesGigabytes = [1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 16, 20, 24, 32, 40, 44, 48, 64, 80, 94, 96, 128, 141, 144, 180, 192, 256, 288];

    /// <summary>The class of a device.</summary>
    /// <param name="vendor"><c>cpu</c>, or the GPU's vendor, such as <c>nvidia</c>.</param>
    /// <param name="name">What the hardware calls itself.</param>
    /// <param name="memoryMebibytes">Memory of a GPU; 0 = unknown.</param>
    /// <param name="cores">Usable cores of a CPU; 0 = unknown.</param>
    /// <param name="computeCapability">Of a GPU, such as <c>7.5</c>; names hardware whose driver does not know its name. Empty = unknown.</param>
    public static DeviceClassName Name(string vendor, string name, int memoryMebibytes, int cores, string computeCapability)
    {
        ArgumentNullException.ThrowIfNull(vendor);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(computeCapability);
        return string.Equals(vendor, "cpu", StringComparison.OrdinalIgnoreCase) ? Cpu(name, cores) : Gpu(vendor, name, memoryMebibytes, computeCapability);
    }

    private static DeviceClassName Cpu(string name, int cores)
    {
        string model = Spaces().Replace(CpuNoise().Replace(name, " "), " ").Trim();
        if (model.Length == 0) model = "Unknown";
        string suffix = cores > 0 ? $"-{cores.ToString(CultureInfo.InvariantCulture)}c" : "";
        string size = cores switch { <= 0 => "", 1 => " (1 core)", _ => $" ({cores.ToString(CultureInfo.InvariantCulture)} cores)" };
        return new DeviceClassName(Fit($"cpu-{Slug(model)}", suffix), model + size);
    }

    private static DeviceClassName Gpu(string vendor, string name, int memoryMebibytes, string computeCapability)
    {
        string display = Spaces().Replace(Marks().Replace(name, " "), " ").Trim();
        int instanceAt = display.IndexOf(" MIG ", StringComparison.OrdinalIgnoreCase);
        string product = instanceAt < 0 ? display : display[..instanceAt], instance = instanceAt < 0 ? "" : $"-{Slug(display[instanceAt..])}";
        List<string> words = [.. Slug(product).Split('-', StringSplitOptions.RemoveEmptyEntries)];
        while (words.Count > 1 && (words[0] is "nvidia" or "tesla" || words[0] == Slug(vendor))) words.RemoveAt(0);
        words.RemoveAll(w => w is "hbm2" or "hbm2e" or "hbm3" or "hbm3e");
        int memoryAt = words.FindIndex(w => MemoryWord().IsMatch(w));
        string memory = memoryAt < 0 ? "" : $"-{words[memoryAt]}";
        if (memoryAt >= 0) words.RemoveAt(memoryAt);
        string slug = string.Join('-', words);
        if (Nameless.Contains(slug) && computeCapability.Length > 0)
        {
            slug = string.Join('-', [.. words, $"sm{computeCapability.Replace(".", "", StringComparison.Ordinal)}"]);
            display = $"{display} (compute capability {computeCapability})".TrimStart();
        }

        if (memory.Length == 0 && instance.Length == 0 && memoryMebibytes > 0 && !OneMemorySize.Contains(slug))
        {
            string size = Gigabytes(memoryMebibytes).ToString(CultureInfo.InvariantCulture);
            memory = $"-{size}gb";
            display = $"{display} {size}GB".TrimStart();
        }

        if (slug.Length == 0) slug = Slug(vendor).Length == 0 ? "gpu" : $"{Slug(vendor)}-gpu";
        if (DeviceClass.Means("cpu", slug)) slug = $"gpu-{slug}";                  // the word 'cpu' means processors
        return new DeviceClassName(Fit(slug, memory + instance), display.Length == 0 ? slug : display);
    }

    private static int Gigabytes(int memoryMebibytes)
    {
        int gibibytes = (int)((memoryMebibytes + 1023L) / 1024);
        return Array.Find(MemorySizesGigabytes, s => s >= gibibytes) is > 0 and int sold ? sold : gibibytes;
    }

    /// <summary>Lower-case letters and digits; everything between them becomes one hyphen.</summary>
    private static string Slug(string text) => NotSlug().Replace(text.ToLowerInvariant(), "-").Trim('-');

    /// <summary>The slug with its suffix; a long one is cut before the suffix and told from its like by a digest.</summary>
    private static string Fit(string slug, string suffix)
    {
        if (slug.Length + suffix.Length <= MaximumSlugLength) return slug + suffix;
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(slug + suffix)))[..DigestLength];
        string end = suffix.Length <= MaximumSlugLength / 2 ? $"-{digest}{suffix}" : $"-{digest}";
        return slug[..Math.Min(slug.Length, MaximumSlugLength - end.Length)].TrimEnd('-') + end;
    }

    /// <summary>What processors add to their name that is no name: marks, generation, clock, number of cores of the whole package, graphics.</summary>
    [GeneratedRegex(
        @"\((R|TM|C)\)|[®™©]|@.*|\bwith\b.*|\(with\b.*|\b\d+(st|nd|rd|th)\s+Gen\b|\b(\w+-Core|CPU|Processor)\b|\b\d+(\.\d+)?\s*GHz\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CpuNoise();

    [GeneratedRegex(@"\((R|TM|C)\)|[®™©]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\A\d+gb\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MemoryWord();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotSlug();
}
