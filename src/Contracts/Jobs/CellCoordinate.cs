using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Jobs;

/// <summary>The canonical text of a cell's coordinate (storage design, "Cell identity").</summary>
internal static class CellCoordinate
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string CanonicalJson(Cell cell)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("artifact", cell.ArtifactSha256);
            json.WriteNumber("batch", cell.Batch);
            if (!cell.Clocks.IsFree) json.WriteString("clocks", cell.Clocks.ToString());
            if (cell.Concurrency is { } concurrency) json.WriteNumber("concurrency", concurrency);
            json.WriteNumber("crop", cell.Crop);
            json.WriteString("device", Normal(cell.DeviceClass));
            if (cell.Sentinel is { } sentinel)
            {
                json.WriteStartObject("extra");
                json.WriteString("device", Normal(sentinel.Device));
                json.WriteString("sentinel", Normal(sentinel.Label));
                json.WriteEndObject();
            }

            json.WriteString("flavour", Normal(cell.Flavour));
            json.WriteString("kind", Word(cell.Kind));
            json.WriteString("model", Normal(cell.Model));
            if (cell.Options.Count > 0)
            {
                json.WriteStartObject("options");
                foreach ((string key, string value) in cell.Options.OrderBy(o => o.Key, StringComparer.Ordinal)) json.WriteString(Normal(key), Normal(value));
                json.WriteEndObject();
            }

            json.WriteString("precision", Word(cell.Precision));
            json.WriteString("provider", Normal(cell.Provider));
            json.WriteNumber("resize", cell.ResizeShort);
            json.WriteString("scope", Word(cell.Scope));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Normal(string text) => text.Normalize(NormalizationForm.FormC);

    internal static string Word<T>(T value) where T : struct, Enum => value switch
    {
        Scope.EndToEnd => "e2e",
        _ => value.ToString().ToLower(CultureInfo.InvariantCulture),
    };
}
