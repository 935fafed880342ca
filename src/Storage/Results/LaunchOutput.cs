using System.Text.Json;

namespace Fleetmark.Storage.Results;

/// <summary>What a launch's output can be told apart by. An agent wrote it, so anything may stand there: what is not a list of numbers is null, and 1e400 is none: nothing agrees with
/// infinity, not even the launch it came from.</summary>
/// <param name="Top1">Index of the largest value of each image; null when the worker did not say.</param>
/// <param name="Head">The first values of the first image; null when the worker did not say.</param>
public sealed record LaunchOutput(IReadOnlyList<int>? Top1, IReadOnlyList<double>? Head)
{
    private static readonly LaunchOutput Untold = new(null, null);

    /// <summary>Reads the field <c>output</c> of a worker's result; null when there is none.</summary>
    internal static LaunchOutput Read(string? json)
    {
        if (json is null) return Untold;
        using var output = JsonDocument.Parse(json);
        return output.RootElement.ValueKind != JsonValueKind.Object ? Untold : new LaunchOutput(
            Numbers(output.RootElement, "top1", (JsonElement e, out int value) => e.TryGetInt32(out value)),
            Numbers(output.RootElement, "head", (JsonElement e, out double value) => e.TryGetDouble(out value) && double.IsFinite(value)));
    }

    private delegate bool Reading<T>(JsonElement element, out T value);

    private static List<T>? Numbers<T>(JsonElement output, string name, Reading<T> read)
    {
        if (!output.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array) return null;
        var numbers = new List<T>();
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !read(element, out T number)) return null;
            numbers.Add(number);
        }

        return numbers;
    }
}
