using Fleetmark.Measurement.Launches;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// The options of a provider as ONNX Runtime tells them: <c>key=value;key=value</c>, all that it knows. Which it knows differs between versions, so what a worker sets
/// is cut to that.
/// </summary>
internal static class ProviderOptionText
{
    /// <summary>Words in names of options whose values are addresses or places on the disk: they differ from process to process and move no number.</summary>
    private static readonly string[] PlaceWords = ["path", "prefix", "external", "compute_stream"];

    /// <summary>The options by name.</summary>
    internal static SortedDictionary<string, string> Parse(string text)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            options[parts[0]] = parts.Length == 2 ? parts[1] : "";
        }

        return options;
    }

    /// <summary>What to set of a runtime that knows these options.</summary>
    /// <param name="wanted">Ours with the plan's.</param>
    /// <param name="demanded">Names of those that must be had: the plan's, and what decides what a number means.</param>
    /// <param name="known">What the runtime tells before anything is set.</param>
    /// <exception cref="WorkerException">One that must be had is not known.</exception>
    internal static Dictionary<string, string> Cut(IReadOnlyDictionary<string, string> wanted, IEnumerable<string> demanded, IReadOnlyDictionary<string, string> known)
    {
        if (demanded.FirstOrDefault(key => !known.ContainsKey(key)) is { } missing)
            throw new WorkerException(WorkerErrorCode.Unsupported, $"flavour {WorkerIdentity.Flavour} has no option '{missing}'");
        return wanted.Where(option => known.ContainsKey(option.Key)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The options without places.</summary>
    internal static IReadOnlyDictionary<string, string> WithoutPlaces(IReadOnlyDictionary<string, string> options) => options
        .Where(option => !PlaceWords.Any(word => option.Key.Contains(word, StringComparison.Ordinal)))
        .ToDictionary(StringComparer.Ordinal);
}
