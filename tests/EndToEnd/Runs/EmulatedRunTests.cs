using System.Text.Json;
using Fleetmark.Storage.Clusters;
using Npgsql;

namespace Fleetmark.EndToEnd.Runs;

/// <summary>FP16 on the CPU where the plan allows it: the real worker converts, inspects and measures.</summary>
public sealed class EmulatedRunTests
{
    /// <summary>Its values leave the range of FP16 in the middle and come back.</summary>
    private const string Steep = """
        model: steep
        input: {name: x, dtype: float32, shape: [N, 3, 8, 8]}
        output: {name: logits, dtype: float32, shape: [N, 10]}
        image: {crop: 8, resizeShort: 8}
        layers:
          - {id: conv1, op: conv, cin: 3, cout: 4, k: 3, s: 1, p: 1, g: 1, bias: true, act: relu, out: [4, 8, 8]}
          - {id: up1, op: scale, value: 500, out: [4, 8, 8]}
          - {id: up2, op: scale, value: 500, out: [4, 8, 8]}
          - {id: down1, op: scale, value: 0.002, out: [4, 8, 8]}
          - {id: down2, op: scale, value: 0.002, out: [4, 8, 8]}
          - {id: flat, op: flatten, axis: 1, out: [256]}
          - {id: fc, op: fc, cin: 256, cout: 10, bias: true, out: [10]}
        """;

    private const string Plan = """
        name: emulated
        models: [{ name: tiny-res, definition: tiny-res.yaml }, { name: steep, definition: steep.yaml }]
        latency: { devices: [cpu], precisions: [fp32, fp16], allowEmulated: true }
        effort: quick
        tables: [wide]
        """;

    [Fact]
    public async Task An_emulated_number_says_what_it_is_in_table_bundle_and_database()
    {
        await using var home = new Home(fakeWorker: false);
        home.Write("tiny-res.yaml", await File.ReadAllTextAsync(Path.Combine(Home.Repository, "tests", "Models.Tests", "Data", "tiny-res.yaml"), TestContext.Current.CancellationToken));
        home.Write("steep.yaml", Steep);
        string output = home.Beside("out");

        Finished run = await home.RunAsync("run", home.Write("plan.yaml", Plan), "--out", output);

        Assert.True(run.ExitCode is 0 or 3, string.Join('\n', run.Errors)); // 3: this machine's own noise
        string table = await File.ReadAllTextAsync(Path.Combine(output, "tables.md"), TestContext.Current.CancellationToken);
        Assert.Contains("computed in FP32, with weights rounded to FP16", table, StringComparison.Ordinal);
        Assert.Contains("FP16 models against their FP32 sources (2): same top-1 on", table, StringComparison.Ordinal);
        Assert.Contains("of 128 seeded inputs", table, StringComparison.Ordinal);
        Assert.Contains("steep: 2 nodes in FP32 (tensor 'up2' of node 'up2' (Mul) overflowed)", table, StringComparison.Ordinal);
        JsonElement[] cells = [.. Bundle.Read(Path.Combine(output, "results.jsonl")).Cells];
        Assert.Equal(
            ["fp16 fp32(weights fp16-rounded)", "fp16 fp32(weights fp16-rounded)", "fp32 fp32", "fp32 fp32"],
            cells.Select(c => $"{c.GetProperty("coordinate").GetProperty("precision").GetString()} {c.GetProperty("precisionEffective").GetString()}").Order(StringComparer.Ordinal));
        await using DatabaseSession session = await home.DatabaseAsync();
        Assert.Equal(
            ["steep 1 cpu ort131-cpu fp32(weights fp16-rounded) down1,up2", "tiny-res 1 cpu ort131-cpu fp32(weights fp16-rounded) "],
            await RowsAsync(session.Source, """
                select distinct concat_ws(' ', m.name, i.precision, i.provider, i.flavour, i.detail->'effective'->>'precision',
                  (select coalesce(string_agg(k, ',' order by k), '') from jsonb_array_elements_text(i.detail->'keep') k))
                from fleetmark.inspection i join fleetmark.cell c using (artifact_id) join fleetmark.model m using (model_id) order by 1
                """));
    }

    private static async Task<List<string>> RowsAsync(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows.Add(reader.GetString(0));
        return rows;
    }
}
