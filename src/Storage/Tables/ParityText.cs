using System.Text.Json;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Storage.Tables;

/// <summary>The comparison with the source, out of the stored detail of an inspection.</summary>
internal static class ParityText
{
    /// <summary>The facts; null when the detail holds no comparison: agents of other versions wrote it.</summary>
    public static ParityFacts? Facts(string model, string deviceClass, Precision precision, string provider, string flavour, string detail)
    {
        using var json = JsonDocument.Parse(detail);
        if (Find(json.RootElement, "precisionCheck") is not { } check) return null;
        if (Number(check, "inputs") is not { } inputs || Number(check, "top1Agreements") is not { } agreements) return null;
        if (Number(check, "maxAbsDifference") is not { } difference || Number(check, "minCosine") is not { } cosine) return null;
        return new ParityFacts
        {
            Model = model,
            DeviceClass = deviceClass,
            Precision = precision,
            Provider = provider,
            Flavour = flavour,
            Inputs = (int)inputs,
            Top1Agreements = (int)agreements,
            Ties = (int)(Number(check, "ties") ?? 0),
            MaxAbsDifference = difference,
            MinCosine = cosine,
            KeptNodes = (int)((Find(json.RootElement, "conversion") is { } conversion ? Number(conversion, "keptNodes") : null) ?? 0),
            Overflow = json.RootElement.TryGetProperty("overflow", out JsonElement overflow) && overflow.ValueKind == JsonValueKind.String ? overflow.GetString() : null,
        };
    }

    private static JsonElement? Find(JsonElement element, string key) =>
        element.TryGetProperty(key, out JsonElement found) && found.ValueKind == JsonValueKind.Object ? found : null;

    private static double? Number(JsonElement element, string key) =>
        element.TryGetProperty(key, out JsonElement found) && found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out double value) && double.IsFinite(value) ? value : null;
}
