using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Models;

/// <summary>
/// Looks for an FP16 model that says what its source says: converts, has a worker compare, and where they differ lets the nodes to blame stay in FP32 and looks again, as long
/// as the worker blames further ones.
/// </summary>
internal static class HalfSearch
{
    /// <summary>Looks at most: nodes that were found on some inputs may not suffice for all.</summary>
    private const int Looks = 4;

    /// <summary>Searches; null when a verb gave it up.</summary>
    /// <param name="keep">Nodes known to have to stay in FP32.</param>
    /// <param name="convert">Makes the file with these nodes in FP32; null gives it up.</param>
    /// <param name="inspect">Compares the file with its source; gets the nodes and the number of the look, and must answer with a comparison. Null gives it up.</param>
    internal static async Task<HalfFinding<TFile>?> RunAsync<TFile>(
        IReadOnlyList<string> keep, Func<IReadOnlyList<string>, Task<TFile?>> convert, Func<TFile, IReadOnlyList<string>, int, Task<InspectedMessage?>> inspect)
        where TFile : class
    {
        string? overflow = null;
        for (int look = 0; ; look++)
        {
            if (await convert(keep) is not { } file || await inspect(file, keep, look) is not { PrecisionCheck: { } check } inspected) return null;
            overflow ??= check.FirstOverflow;
            string[] more = [.. keep.Concat(check.Keep ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            bool agrees = check.Agrees();
            if (agrees || more.Length == keep.Count || look + 1 == Looks) return new HalfFinding<TFile>(file, inspected, check, keep, overflow, agrees);
            keep = more;
        }
    }
}
