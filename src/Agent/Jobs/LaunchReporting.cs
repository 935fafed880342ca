using Fleetmark.Agent.Telemetry;
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
    /// <param name="run">The worker's life, with a result.</param>
    /// <param name="environment">What surrounded it.</param>
    /// <param name="plan">What was asked.</param>
    /// <param name="model">The file that was loaded.</param>
    /// <param name="trace">What was seen of the machine.</param>
    /// <param name="areLocksHeld">Whether the device was kept to the end.</param>
    internal static LaunchReport Measured(WorkerRun run, EnvironmentReport environment, LaunchPlan plan, PreparedModel model, LaunchTrace trace, bool areLocksHeld)
    {
        ResultMessage result = run.Outcome.Result!;
        SampleSet samples = run.Outcome.Samples!;
        HostTelemetry host = HostTrace.Over(trace.Host, result.WindowStart, result.WindowEnd, areLocksHeld);
        DeviceTelemetry? device = trace.Gpu is null ? null : GpuTrace.Over(trace.Gpu, result, plan.Effort.WarmUp, plan.CalibratedClockMhz, plan.LockedClockMhz);
        EnergyTelemetry? energy = trace.Gpu is null || plan.EnergyLoop is null ? null : GpuTrace.EnergyOver(trace.Gpu, result.Energy, plan.EnergyLoop, plan.Wire.Batch);
        LaunchSummary summary = plan.IsThroughput ? LaunchSummary.UnderLoad(samples, Rate(samples, result, plan)) : LaunchSummary.From(samples);
        string precision = EffectivePrecision(result, plan);
        LaunchJudgement judgement = LaunchJudgement.Judge(summary, result, host, device, plan.Effort);
        return new LaunchReport
        {
            Launch = 0,
            AgentStartedAt = run.StartedAt,
            Environment = environment,
            State = judgement.State,
            Flags = (long)judgement.Flags,
            Notes = [.. judgement.Notes, .. EnergyTelemetry.NotesOf(plan.IsEnergyAsked, energy)],
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
            TargetRel = plan.IsThroughput ? null : plan.Effort.Sampling.HalfWidth,
            Lag1 = summary.Lag1,
            Outliers = summary.Outliers,
            BlockP50Us = summary.BlockP50Us,
            RatePerS = summary.RatePerS,
            GcCount = result.Gc?.Collections,
            GcPauseUs = result.Gc?.PauseMs * MicrosecondsPerMillisecond,
            StealRel = host.StealRel,
            SmClockP10Mhz = device?.SmClockP10Mhz,
            SmClockP50Mhz = device?.SmClockP50Mhz,
            TempStartC = device?.TempStartC,
            TempMaxC = device?.TempMaxC,
            PowerMeanW = device?.PowerMeanW,
            ViolationUs = device?.ViolationUs,
            ClockEventBits = device?.ClockEventBits,
            EnergyMj = device?.EnergyMj,
            EnergyEstimated = device?.IsEnergyEstimated,
            EnergyUjPerItem = energy?.UjPerItem,
            EnergyNetUjPerItem = energy?.NetUjPerItem,
            EnergySeconds = energy?.Seconds + energy?.IdleSeconds,
            DeviceMemBytes = device?.MemoryBytes,
            Result = LaunchDetail.Of(run, model, trace, host, device, summary, energy),
            Series = [.. SeriesOf(samples, result), .. trace.Gpu is null ? [] : DeviceSeries(trace.Gpu.Samples)],
        };
    }

    /// <summary>The throughput; the worker's bursts, one of each loop, tell when the loops' first samples began.</summary>
    private static RateSummary Rate(SampleSet samples, ResultMessage result, LaunchPlan plan)
    {
        bool tells = result.Bursts?.Count == samples.Streams.Count && result.Bursts.All(burst => burst.Length == 2);
        return RateSummary.Of(samples, plan.Wire.Batch, result.WindowStart, result.WindowEnd, tells ? [.. result.Bursts!.Select(burst => burst[0])] : null);
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

    private static IEnumerable<SampleSeries> SeriesOf(SampleSet samples, ResultMessage result)
    {
        yield return Encode(SampleSeries.CallTimes, samples.Nanoseconds, samples.CallsPerSample);
        IReadOnlyList<long> windows = result.Warmup?.WindowsNs ?? [];
        if (windows.Count is > 0 and <= SampleCodec.MaximumCount && windows.All(window => window is >= 0 and <= SampleCodec.MaximumNanoseconds))
            yield return Encode(SampleSeries.WarmUpWindows, windows, callsPerSample: 1);
    }

    private static IEnumerable<SampleSeries> DeviceSeries(IReadOnlyList<GpuSample> samples)
    {
        (short Series, Func<GpuSample, long?> Value)[] quantities =
        [
            (SampleSeries.DeviceTimes, sample => sample.At - samples[0].At),
            (SampleSeries.SmClocks, sample => sample.SmClockMhz),
            (SampleSeries.MemoryClocks, sample => sample.MemoryClockMhz),
            (SampleSeries.Temperatures, sample => sample.TemperatureC),
            (SampleSeries.Powers, sample => sample.PowerMw),
            (SampleSeries.PerformanceStates, sample => sample.PerformanceState),
            (SampleSeries.BusyShares, sample => sample.BusyPercent),
            (SampleSeries.ClockEvents, sample => (long?)sample.Events),
            (SampleSeries.ProcessCounts, sample => sample.Processes?.Count),
        ];
        foreach ((short series, Func<GpuSample, long?> value) in quantities)
        {
            long[] told = [.. samples.Select(value).OfType<long>()];
            if (told.Length == samples.Count && told.All(one => one is >= 0 and <= SampleCodec.MaximumNanoseconds)) yield return Encode(series, told, callsPerSample: 1);
        }
    }

    private static SampleSeries Encode(short series, IReadOnlyList<long> values, int callsPerSample) =>
        new(series, SampleCodec.Version, values.Count, SampleCodec.Encode([.. values], callsPerSample));

    private static double? Phase(WorkerRun run, ResultMessage result, LaunchPhase phase) =>
        result.PhasesMs?.TryGetValue(PhaseMessage.WordOf(phase), out double own) == true ? own : Milliseconds(run, phase);

    private static double? Milliseconds(WorkerRun run, LaunchPhase phase) => run.Phases.TryGetValue(phase, out TimeSpan length) ? length.TotalMilliseconds : null;

    private static byte[]? Hash(string? hexadecimal) =>
        hexadecimal?.Length == 2 * HashBytes && hexadecimal.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hexadecimal) : null;
}
