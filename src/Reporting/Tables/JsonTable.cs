using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>Tables as JSON: <c>fleetmark.tables/1</c>, a list of <c>fleetmark.table/1</c>; see <c>docs/schemas/tables.schema.json</c>. The order of keys is fixed.</summary>
internal static class JsonTable
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document of several tables.</summary>
    internal static string Write(IReadOnlyList<Table> tables)
    {
        var document = new JsonObject { ["schema"] = "fleetmark.tables/1", ["tables"] = new JsonArray([.. tables.Select(Node)]) };
        var json = new StringBuilder();
        Readable(document, 0, json);
        return json.Append('\n').ToString();
    }

    /// <summary>SHA-256 over the canonical JSON (keys in ordinal order, no spaces) of columns, notes, provenance and rows.</summary>
    internal static string Digest(Table table)
    {
        var digested = new JsonObject
        {
            ["columns"] = Columns(table),
            ["notes"] = Notes(table),
            ["provenance"] = ProvenanceNode(table.Provenance),
            ["rows"] = Rows(table),
        };
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) Canonical(digested, writer);
        return Convert.ToHexStringLower(SHA256.HashData(buffer.ToArray()));
    }

    private static JsonObject Node(Table table) => new()
    {
        ["schema"] = "fleetmark.table/1",
        ["key"] = table.Key,
        ["layout"] = table.Layout,
        ["lang"] = LanguageTag.Of(table.Language),
        ["title"] = table.Title,
        ["caption"] = table.Caption,
        ["columns"] = Columns(table),
        ["rows"] = Rows(table),
        ["notes"] = Notes(table),
        ["provenance"] = ProvenanceNode(table.Provenance),
        ["digest"] = "sha256:" + table.Digest,
    };

    private static JsonArray Columns(Table table) => new([.. table.Columns.Select(Column)]);

    private static JsonObject Column(TableColumn column)
    {
        var json = new JsonObject
        {
            ["key"] = column.Key,
            ["header"] = HeaderText.OneLine(column.FullHeader),
            ["metric"] = column.Source.ToString(),
            ["device"] = column.Device,
            ["precision"] = column.Precision is { } precision ? PrecisionName.Lower(precision) : null,
            ["batch"] = column.Batch,
        };
        if (column.Concurrency is { } concurrency) json["concurrency"] = concurrency;
        json["unit"] = column.Unit.Length == 0 ? null : column.Unit;
        json["format"] = column.Format.ToString();
        return json;
    }

    private static JsonArray Rows(Table table) =>
        new([.. table.Rows.Select(r => new JsonObject { ["key"] = r.Key, ["cells"] = new JsonArray([.. r.Cells.Select((c, i) => Cell(c, table.Columns[i]))]) })]);

    private static JsonObject Cell(TableCell cell, TableColumn column) => new()
    {
        ["text"] = cell.Text,
        ["value"] = Number(cell.Value),
        ["unit"] = column.Unit.Length == 0 || cell.Value is null ? null : column.Unit,
        ["lo"] = Number(cell.Low),
        ["hi"] = Number(cell.High),
        ["n"] = cell.Count,
        ["state"] = cell.State is { } state ? StateWord.Of(state) : null,
        ["notes"] = new JsonArray([.. cell.Words.Select(w => JsonValue.Create(w))]),
        ["verdict"] = null,
        ["delta"] = null,
        ["margin"] = null,
        ["cell"] = cell.Cell is { } coordinate ? Convert.ToHexStringLower(coordinate.CoordinateSha256()) : null,
        ["measurement"] = null,
    };

    private static JsonArray Notes(Table table) => new([.. table.Notes.Select(n => new JsonObject { ["mark"] = n.Mark, ["text"] = n.Text })]);

    private static JsonObject ProvenanceNode(Provenance provenance) => new()
    {
        ["version"] = provenance.Version,
        ["plan"] = provenance.Plan,
        ["planSha256"] = provenance.PlanSha256,
        ["run"] = provenance.Run,
        ["runUid"] = provenance.RunUid.ToString("D"),
        ["startedAt"] = Time(provenance.StartedAt),
        ["endedAt"] = provenance.EndedAt is { } end ? Time(end) : null,
        ["effort"] = ProvenanceWriter.Word(provenance.Effort),
        ["orderSeed"] = provenance.OrderSeed,
        ["cells"] = provenance.Cells,
        ["validCells"] = provenance.ValidCells,
        ["retriedCells"] = provenance.RetriedCells,
        ["hardware"] = new JsonArray([.. provenance.Hardware.Select(Hardware)]),
        ["lines"] = Strings(provenance.Lines),
    };

    private static JsonObject Hardware(DeviceClassFacts device) => new()
    {
        ["device"] = device.Slug,
        ["name"] = UserText.OneLine(device.DisplayName),
        ["devices"] = device.Devices,
        ["simulated"] = device.Simulated,
        ["environments"] = new JsonArray([.. device.Environments.Select(e => new JsonObject
        {
            ["runtime"] = UserText.OneLine(e.Runtime),
            ["runtimeVersion"] = UserText.OneLine(e.RuntimeVersion),
            ["flavour"] = e.Flavour,
            ["driver"] = e.Driver,
            ["cuda"] = e.Cuda,
            ["facts"] = Strings(e.Facts.Select(UserText.OneLine)),
        })]),
    };

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private static JsonNode? Number(Quantity? quantity) => quantity is { } q ? JsonNode.Parse(NumberFormat.Shortest(q.Value)) : null;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>A line for each container that holds only plain values, so that a table's cell is a line of a diff.</summary>
    private static void Readable(JsonNode? node, int depth, StringBuilder json)
    {
        if (node is not (JsonObject or JsonArray) || IsFlat(node))
        {
            json.Append(node?.ToJsonString(OneLine) ?? "null");
            return;
        }

        (string open, string close) = node is JsonObject ? ("{", "}") : ("[", "]");
        json.Append(open);
        string separator = "\n";
        foreach ((string? key, JsonNode? child) in node is JsonObject mapping ? mapping.Select(p => ((string?)p.Key, p.Value)) : node.AsArray().Select(item => ((string?)null, item)))
        {
            json.Append(separator).Append(' ', 2 * (depth + 1));
            if (key is not null) json.Append('"').Append(key).Append("\": ");
            Readable(child, depth + 1, json);
            separator = ",\n";
        }

        json.Append('\n').Append(' ', 2 * depth).Append(close);
    }

    private static bool IsFlat(JsonNode node) => node is JsonObject mapping
        ? mapping.All(p => p.Value is not JsonObject && (p.Value is not JsonArray list || IsPlain(list)))
        : IsPlain(node.AsArray());

    private static bool IsPlain(JsonArray list) => list.All(item => item is not (JsonObject or JsonArray));

    private static void Canonical(JsonNode? node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case JsonObject mapping:
                writer.WriteStartObject();
                foreach ((string key, JsonNode? value) in mapping.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(key);
                    Canonical(value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (JsonNode? item in list) Canonical(item, writer);
                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
