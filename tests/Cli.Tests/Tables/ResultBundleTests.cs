using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fleetmark.Cli.Tables;
using Fleetmark.Cli.Tests.Runs;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Judging;
using Fleetmark.Reporting.Tables;
using Fleetmark.Storage.Results;

namespace Fleetmark.Cli.Tests.Tables;

public sealed class ResultBundleTests
{
    private static readonly RunResults Results = SampleRun.Of(
        SampleRun.Cell("A", 1, CellState.Valid) with { P50Us = 1600.5, LaunchP50Us = [1600.5], Launches = 1 }, SampleRun.Cell("A", 4, CellState.Missing) with { Code = FailureCode.NoDeviceClass });

    [Fact]
    public async Task The_run_comes_first_then_its_cells_then_its_launches_and_the_manifest_last()
    {
        JsonElement[] lines = await LinesAsync();

        Assert.Equal(["run", "cell", "cell", "launch", "manifest"], lines.Select(l => l.GetProperty("type").GetString()));
        Assert.Equal("fleetmark.bundle/1", lines[0].GetProperty("schema").GetString());
        Assert.Equal(Convert.ToHexStringLower(Results.Cells[0].Cell.CoordinateSha256()), lines[1].GetProperty("cell").GetString());
        Assert.Equal(1600.5, lines[1].GetProperty("p50Us").GetDouble());
        Assert.Equal("missing", lines[2].GetProperty("state").GetString());
        Assert.Equal(FailureCode.NoDeviceClass, lines[2].GetProperty("code").GetString());
        Assert.False(lines[2].TryGetProperty("p50Us", out _), "what was not measured is left out");
    }

    [Fact]
    public async Task A_launch_brings_what_its_worker_said_and_the_raw_times_of_its_calls()
    {
        JsonElement launch = (await LinesAsync())[3];

        Assert.Equal(12, launch.GetProperty("job").GetInt64());
        Assert.Equal("hello", launch.GetProperty("result").GetProperty("worker").GetString());
        Assert.Equal([1, 2, 3], launch.GetProperty("samples").GetBytesFromBase64());
    }

    [Fact]
    public async Task The_manifest_counts_the_lines_before_it_and_digests_their_bytes()
    {
        string text = Encoding.UTF8.GetString((await WriteAsync()).Bytes.Span);
        string before = text[..text.LastIndexOf("{\"type\":\"manifest\"", StringComparison.Ordinal)];
        JsonElement manifest = (await LinesAsync())[^1];

        Assert.Equal(before.Count(c => c == '\n'), manifest.GetProperty("lines").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before))), manifest.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task The_same_run_gives_the_same_bytes() => Assert.Equal((await WriteAsync()).Bytes.ToArray(), (await WriteAsync()).Bytes.ToArray());

    private static async Task<JsonElement[]> LinesAsync() =>
        [.. Encoding.UTF8.GetString((await WriteAsync()).Bytes.Span).TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement)];

    private static Task<OutputFile> WriteAsync() =>
        ResultBundle.WriteAsync(Results, new[] { Launch() }.ToAsyncEnumerable(), TestContext.Current.CancellationToken);

    private static StoredLaunch Launch() => new()
    {
        JobId = new JobId(12),
        Attempt = 1,
        Launch = 0,
        Repetition = 0,
        CellSha256 = new string('c', 64),
        Outcome = AttemptOutcome.Ok,
        DeviceUuid = "cpu-1",
        Environment = new string('e', 64),
        AgentStartedAt = new DateTimeOffset(2026, 11, 23, 2, 0, 5, TimeSpan.Zero),
        State = MeasurementState.Valid,
        Flags = 0,
        Notes = [],
        ErrorCode = null,
        PrecisionEffective = "fp32",
        Count = 3,
        P50Us = 1600.5,
        RatePerS = null,
        Result = """{"worker":"hello"}""",
        Codec = 1,
        Samples = [1, 2, 3],
    };
}
