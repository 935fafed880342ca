using System.Globalization;

namespace Fleetmark.Agent.Telemetry;

/// <summary>Lists of cores in the kernel's way of writing: <c>0-3,6</c>.</summary>
internal static class CpuList
{
    private const int Highest = 4095;

    /// <summary>The cores in ascending order; null when the text is no such list.</summary>
    internal static IReadOnlyList<int>? Parse(string text)
    {
        var cores = new SortedSet<int>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || Core(ends[0]) is not { } first || Core(ends[^1]) is not { } last || last < first) return null;
            for (int core = first; core <= last; core++) cores.Add(core);
        }

        return [.. cores];
    }

    private static int? Core(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int core) && core <= Highest ? core : null;
}
