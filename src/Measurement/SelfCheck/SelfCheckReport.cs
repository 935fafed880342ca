using System.Text.Json;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.SelfCheck;

/// <summary>What the harness adds to a call on a machine, on a model of about 1.4 µs and on one of about 10 µs. This is what is stored with an agent.</summary>
public sealed record SelfCheckReport
{
    private const int Blocks = 150;
    private const int Seed = 20210614;

    private static readonly (SelfCheckModel Model, double Limit)[] Plan =
    [
        (new SelfCheckModel("chain-4", Nodes: 3, CallsPerBlock: 2000), 1.03),
        (new SelfCheckModel("chain-64", Nodes: 63, CallsPerBlock: 500), 1.01),
    ];

    /// <summary>Median of back-to-back clock reads in nanoseconds.</summary>
    public required long TimerFloorNs { get; init; }

    /// <summary>The models, shortest call first.</summary>
    public required IReadOnlyList<SelfCheckResult> Checks { get; init; }

    /// <summary>Name of the runtime whose worker was checked, such as <c>ort131-cpu</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>When it was measured, by the machine's clock.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>The worst verdict of the checks.</summary>
    public SelfCheckVerdict Verdict => Checks.Max(check => check.Verdict);

    /// <summary>What a worker is asked for it.</summary>
    /// <param name="cpus">The core to run on.</param>
    public static SelfCheckRequest Request(IReadOnlyList<int> cpus) => new() { Cpus = cpus, Models = [.. Plan.Select(planned => planned.Model)], Blocks = Blocks, Seed = Seed };

    /// <summary>Judges the answer to <see cref="Request"/>.</summary>
    /// <param name="runtime">Name of the runtime that answered.</param>
    /// <param name="measuredAt">When.</param>
    /// <param name="answer">Its answer.</param>
    public static SelfCheckReport Of(string runtime, DateTimeOffset measuredAt, SelfCheckMessage answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new SelfCheckReport
        {
            Runtime = runtime,
            MeasuredAt = measuredAt,
            TimerFloorNs = answer.TimerFloorNs,
            Checks = [.. Plan.Zip(answer.Series, (planned, series) => SelfCheckResult.Of(planned.Model.Name, planned.Limit, series))],
        };
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is no such report, or its numbers make no sense.</exception>
    public static SelfCheckReport FromJson(string json)
    {
        SelfCheckReport? report = JsonSerializer.Deserialize(json, SelfCheckJson.Default.SelfCheckReport);
        if (report is not { TimerFloorNs: >= 0, Runtime.Length: > 0, Checks.Count: > 0 } || !report.Checks.All(check => check.MakesSense))
            throw new JsonException("a self-check names its runtime and at least one model, and its times and ratios are positive");
        return report;
    }

    /// <summary>The report as JSON, on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SelfCheckJson.Default.SelfCheckReport);
}
