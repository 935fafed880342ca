using System.Text.Json.Nodes;

namespace Fleetmark.Contracts.Environments;

/// <summary>A comparison is a controlled one only if what it declares to compare is the sole difference between the environments of its sides.</summary>
public static class OneFactorRule
{
    /// <summary>Compares two environments. Pure; the order of the two does not matter.</summary>
    /// <param name="one">Detail of one environment, as stored.</param>
    /// <param name="other">Detail of the other.</param>
    /// <param name="declared">Keys of the factors that are compared or that the reader allows; empty for the same thing measured twice.</param>
    public static EnvironmentComparison Compare(JsonObject one, JsonObject other, IReadOnlyCollection<string> declared)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(declared);
        Dictionary<string, string> left = Places(one), right = Places(other);
        bool isOnCpu = IsOfCpu(one) && IsOfCpu(other);
        return new EnvironmentComparison(
        [
            .. left.Keys.Union(right.Keys, StringComparer.Ordinal)
                .Where(place => left.GetValueOrDefault(place) != right.GetValueOrDefault(place))
                .Select(EnvironmentFactors.Of)
                .Distinct()
                .Where(factor => !EnvironmentFactors.IsDeclared(factor, declared, isOnCpu))
                .OrderBy(EnvironmentFactors.Rank)
                .ThenBy(factor => factor.Key, StringComparer.Ordinal),
        ]);
    }

    private static bool IsOfCpu(JsonObject detail) => (detail["device"] as JsonObject)?["vendor"] is JsonValue vendor && vendor.TryGetValue(out string? word) && word == "cpu";

    /// <summary>The values of the comparable part by their places; what is null is not there.</summary>
    private static Dictionary<string, string> Places(JsonObject detail)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(ComparableEnvironment.Of(detail), "", places);
        return places;
    }

    private static void Collect(JsonObject members, string at, Dictionary<string, string> places)
    {
        foreach ((string key, JsonNode? value) in members)
        {
            if (value is JsonObject deeper) Collect(deeper, $"{at}{key}.", places);
            else if (value is not null) places[at + key] = value.ToJsonString();
        }
    }
}
