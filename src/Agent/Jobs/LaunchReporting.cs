using System.Text.Json;
using System.Text.Json.Nodes;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Agent.Jobs;

/// <summary>A worker's life as the record that is stored. Statistics come from the samples; what the worker says of itself stands beside them, in <c>result</c>.</summary>
internal static class LaunchReporting
{
    private const int HashBytes = 32;
    private const double NanosecondsPerMillisecond = 1e6;
    private const double MicrosecondsPerMillisecond = 1000;

    /// <summary>A launch without a number.</summary>
    internal static LaunchReport Failed(WorkerRun run, EnvironmentReport environment, string code) => new()
    {
        Launch = 0,
        AgentStartedAt = run.StartedAt,
        Environment = environment,
        State = MeasurementState.Failed,
        ErrorCode = code,
        LoadMs = Milliseconds(run, LaunchPhase.Load),
        FirstMs = Milliseconds(run, LaunchPhase.First),
        WarmupMs = Milliseconds(run, LaunchPhase.Warmup),
    };

    /// <summary>A launch with a number.</summary>
    internal static LaunchReport Measured(WorkerRun run, EnvironmentReport environment, LaunchPlan plan, HostTelemetry host)
    {
        ResultMessage result = run.Outcome.Result!;
        SampleSet samples = run.Outcome.Samples!;
        LaunchSummary summary = LaunchSummary.From(samples);
        string precision = EffectivePrecision(result, plan);
        LaunchJudgement judgement = LaunchJudgement.Judge(summary, result, host, plan.Effort);
        return new LaunchReport
        {
            Launch = 0,
            AgentStartedAt = run.StartedAt,
            Environment = environment,
            State = judgement.State,
            Flags = (long)judgement.Flags,
            Notes = judgement.Notes,
            PrecisionEffective = precision,
            Arithmetic = EffectiveReport.ArithmeticOf(precision),
            OutputSha256 = Hash(result.Output.Sha256),
            LoadMs = Phase(run, result, LaunchPhase.Load),
            FirstMs = Phase(run, result, LaunchPhase.First),
            WarmupMs = Phase(run, result, LaunchPhase.Warmup),
            SamplingMs = (result.WindowEnd - result.WindowStart) / NanosecondsPerMillisecond,
            WarmupCalls = result.Warmup?.Calls,
            Steady = result.Warmup?.Steady,
            TimerFloorNs = result.TimerFloorNs,
            CallsPerSample = summary.CallsPerSample,
            Count = summary.Count,
            MinUs = summary.MinUs,
            P5Us = summary.P5Us,
            P50Us = summary.P50Us,
            P90Us = summary.P90Us,
            P95Us = summary.P95Us,
            P99Us = summary.P99Us,
            P999Us = summary.P999Us,
            MaxUs = summary.MaxUs,
            MeanUs = summary.MeanUs,
            SdUs = summary.SdUs,
            MadUs = summary.MadUs,
            IqrUs = summary.IqrUs,
            HalfWidthRel = summary.HalfWidthRel,
            TargetRel = plan.Effort.Sampling.HalfWidth,
            Lag1 = summary.Lag1,
            Outliers = summary.Outliers,
            BlockP50Us = summary.BlockP50Us,
            GcCount = result.Gc?.Collections,
            GcPauseUs = result.Gc?.PauseMs * MicrosecondsPerMillisecond,
            StealRel = host.StealRel,
            Result = Result(result, host),
            Series = [.. SeriesOf(samples, result)],
        };
    }

    /// <summary>True when every number of the worker's result can be written down again: JSON reads 1e999 as infinity, and no JSON can hold that.</summary>
    internal static bool IsFinite(ResultMessage result) =>
        (result.PhasesMs?.Values ?? []).All(double.IsFinite)
        && double.IsFinite(result.HalfWidth ?? 0)
        && double.IsFinite(result.Gc?.PauseMs ?? 0)
        && (result.Output.Head ?? []).All(float.IsFinite);

    /// <summary>What the worker says it computed in; a worker that does not say is taken by its word to compute what was asked, which the judgement notes.</summary>
    private static string EffectivePrecision(ResultMessage result, LaunchPlan plan) =>
        result.Effective?.Precision is { Length: > 0 } own ? own : ((Precision)plan.Wire.Precision).ToString().ToLowerInvariant();

    private static JsonElement Result(ResultMessage result, HostTelemetry host)
    {
        var both = new JsonObject
        {
            ["worker"] = JsonNode.Parse(WorkerProtocol.Write(result)),
            ["host"] = new JsonObject
            {
                ["stealRel"] = host.StealRel,
                ["foreignCpuRel"] = host.ForeignCpuRel,
                ["cgroupThrottled"] = host.CgroupThrottled,
                ["lockLost"] = host.IsLockLost,
            },
        };
        return JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(both));
    }

    private static IEnumerable<SampleSeries> SeriesOf(SampleSet samples, ResultMessage result)
    {
        yield return Encode(SampleSeries.CallTimes, samples.Nanoseconds, samples.CallsPerSample);
        IReadOnlyList<long> windows = result.Warmup?.WindowsNs ?? [];
        if (windows.Count is > 0 and <= SampleCodec.MaximumCount && windows.All(window => window is >= 0 and <= SampleCodec.MaximumNanoseconds))
            yield return Encode(SampleSeries.WarmUpWindows, windows, callsPerSample: 1);
    }

    private static SampleSeries Encode(short series, IReadOnlyList<long> values, int callsPerSample) =>
        new(series, SampleCodec.Version, values.Count, SampleCodec.Encode([.. values], callsPerSample));

    private static double? Phase(WorkerRun run, ResultMessage result, LaunchPhase phase) =>
        result.PhasesMs?.TryGetValue(PhaseMessage.WordOf(phase), out double own) == true ? own : Milliseconds(run, phase);

    private static double? Milliseconds(WorkerRun run, LaunchPhase phase) => run.Phases.TryGetValue(phase, out TimeSpan length) ? length.TotalMilliseconds : null;

    private static byte[]? Hash(string? hexadecimal) =>
        hexadecimal?.Length == 2 * HashBytes && hexadecimal.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hexadecimal) : null;
}
