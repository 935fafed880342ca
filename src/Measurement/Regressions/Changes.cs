namespace Fleetmark.Measurement.Regressions;

/// <summary>Changes in words.</summary>
internal static class Changes
{
    internal static string Join(ReadOnlySpan<(string Name, string Before, string After)> values)
    {
        var changed = new List<string>(values.Length);
        foreach ((string name, string before, string after) in values)
            if (before != after) changed.Add($"{name} {before} → {after}");
        return string.Join(", ", changed);
    }
}
