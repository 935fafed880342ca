using System.Text.Json;
using Fleetmark.Reporting.Layouts;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Reporting.Tests.Tables;

public sealed class JsonSchemaTests
{
    private static readonly JsonSchema Schema = new(JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Root(), "docs", "schemas", "tables.schema.json"))).RootElement);

    public static TheoryData<string> GoldenFiles => [.. Directory.EnumerateFiles(Golden.Folder, "*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(GoldenFiles))]
    public void Every_golden_document_is_valid(string name) => Assert.Empty(Errors(File.ReadAllText(Path.Combine(Golden.Folder, name))));

    [Fact]
    public void Every_layout_of_every_run_is_valid()
    {
        foreach (string layout in TableLayouts.Names)
            Assert.Empty(Errors(JsonTable.Write(TableSet.Tables(SampleRun.EveryState(), new RenderOptions { Layouts = [layout], ProductVersion = "0.1.0" }))));
    }

    [Fact]
    public void The_documented_digest_is_the_printed_one()
    {
        using JsonDocument json = JsonDocument.Parse(JsonTable.Write(TableSet.Tables(SampleRun.EveryState(), new RenderOptions { ProductVersion = "0.1.0" })));
        foreach (JsonElement table in json.RootElement.GetProperty("tables").EnumerateArray())
        {
            string canonical = "{" + string.Join(',', ((string[])["columns", "notes", "provenance", "rows"]).Select(k => $"\"{k}\":{Canonical(table.GetProperty(k))}")) + "}";
            string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(canonical)));
            Assert.Equal(table.GetProperty("digest").GetString(), "sha256:" + digest);
        }
    }

    [Theory]
    [InlineData("\"schema\":\"fleetmark.table/1\"", "\"schema\":\"fleetmark.table/2\"")]
    [InlineData("\"state\":\"valid\"", "\"state\":\"splendid\"")]
    [InlineData("\"lang\":\"en\"", "\"lang\":\"en\",\"extra\":1")]
    [InlineData("\"n\":null,", "")]
    public void The_schema_notices_a_change(string right, string wrong)
    {
        string json = Canonical(JsonDocument.Parse(JsonTable.Write(TableSet.Tables(SampleRun.Cpu(1), new RenderOptions { Layouts = ["wide"], ProductVersion = "0.1.0" }))).RootElement, sorted: false);
        Assert.Contains(right, json, StringComparison.Ordinal);
        Assert.NotEmpty(Errors(json.Replace(right, wrong, StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Errors(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Schema.Check(document.RootElement);
    }

    /// <summary>Compact JSON, keys in ordinal order; written by hand, as a reader of the documentation would.</summary>
    private static string Canonical(JsonElement value, bool sorted = true) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', Members(value, sorted).Select(p => $"\"{p.Name}\":{Canonical(p.Value, sorted)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(v => Canonical(v, sorted))) + "]",
        _ => value.GetRawText(),
    };

    private static IEnumerable<JsonProperty> Members(JsonElement value, bool sorted) =>
        sorted ? value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal) : value.EnumerateObject();
}
