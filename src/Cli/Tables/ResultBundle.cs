using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Tables;
using Fleetmark.Storage.Results;

namespace Fleetmark.Cli.Tables;

/// <summary>
/// <c>results.jsonl</c>: one JSON object a line. First the run with its plan, then its cells, then every launch with its raw call times (also those that did not
/// count), last the manifest: number of the lines before it and their SHA-256, so that a cut file is noticed.
/// </summary>
internal static class ResultBundle
{
    private const string Name = "results.jsonl";

    private static readonly JsonSerializerOptions Lines = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Writes the bundle of a run.</summary>
    public static async Task<OutputFile> WriteAsync(RunResults results, IAsyncEnumerable<StoredLaunch> launches, CancellationToken cancel)
    {
        using var file = new MemoryStream();
        int lines = 0;
        Line(new
        {
            Type = "run",
            Schema = "fleetmark.bundle/1",
            Run = results.RunId.Value,
            Uid = results.RunUid,
            Plan = results.Plan.Name,
            results.PlanSha256,
            results.Effort,
            results.OrderSeed,
            results.SubmittedAt,
            results.EndedAt,
            results.State,
            results.Models,
            results.DeviceClasses,
        });
        foreach (CellResult cell in results.Cells)
        {
            Line(new
            {
                Type = "cell",
                Cell = Convert.ToHexStringLower(cell.Cell.CoordinateSha256()),
                Coordinate = cell.Cell,
                cell.State,
                cell.Code,
                cell.P50Us,
                cell.CiLowUs,
                cell.CiHighUs,
                cell.MinUs,
                cell.P90Us,
                cell.P95Us,
                cell.P99Us,
                cell.MeanUs,
                cell.EnergyUjPerItem,
                cell.EnergyNetUjPerItem,
                cell.LaunchP50Us,
                cell.RatePerS,
                cell.RateLowPerS,
                cell.RateHighPerS,
                LaunchRatePerS = cell.LaunchRatePerS.Count == 0 ? null : cell.LaunchRatePerS,
                N = cell.Count,
                cell.Launches,
                cell.LaunchesStarted,
                cell.Attempts,
                cell.Flags,
                cell.Notes,
                cell.PrecisionEffective,
            });
        }

        await foreach (StoredLaunch launch in launches.WithCancellation(cancel)) Line(Of(launch));
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
        Line(new { Type = "manifest", Lines = lines, Sha256 = sha256 });
        return new OutputFile(Name, file.ToArray());

        void Line<T>(T value)
        {
            JsonSerializer.Serialize(file, value, Lines);
            file.WriteByte((byte)'\n');
            lines++;
        }
    }

    private static object Of(StoredLaunch launch) => new
    {
        Type = "launch",
        Job = launch.JobId.Value,
        launch.Attempt,
        launch.Launch,
        launch.Repetition,
        Cell = launch.CellSha256,
        launch.Outcome,
        Device = launch.DeviceUuid,
        launch.Environment,
        launch.AgentStartedAt,
        launch.State,
        launch.Flags,
        launch.Notes,
        launch.ErrorCode,
        launch.PrecisionEffective,
        N = launch.Count,
        launch.P50Us,
        launch.RatePerS,
        Result = JsonDocument.Parse(launch.Result).RootElement,
        launch.Codec,
        launch.Samples,
    };
}
