using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Benchmarks.Protocol;

/// <summary>How often the 95 % interval of a rule holds the true value of a source.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Covered">Share of the windows whose interval holds the true value.</param>
/// <param name="HalfWidth">Mean half-width, as a share of the level.</param>
/// <param name="Samples">Mean number of samples.</param>
/// <param name="Drift">Share of our windows flagged <c>drift</c>; null for rules without flags.</param>
/// <param name="Bimodal">Share of our windows flagged <c>bimodal</c>; null for rules without flags.</param>
internal sealed record ProtocolCoverage(string Source, string Rule, double Covered, double HalfWidth, double Samples, double? Drift, double? Bimodal)
{
    /// <summary>A call of 15 ms: there the shortest time of effort <c>standard</c> ends with its fewest samples, and both bind.</summary>
    internal const double LevelNs = 15_000_000;

    private const int JudgedWindows = 200;

    internal static ProtocolCoverage Of(ProtocolSource source, ProtocolRule rule, int windows, int seed)
    {
        bool[] covered = new bool[windows];
        double[] halves = new double[windows];
        double[] counts = new double[windows];
        LaunchFlags[] flags = new LaunchFlags[windows];
        Parallel.For(0, windows, w =>
        {
            Func<double> next = source.Start(new ProtocolNoise(seed + w));
            ProtocolWindow window = rule.Watch(() => (long)(LevelNs * next()));
            double truth = LevelNs * (rule.ReportsMedian ? source.Median(window.Samples.Length) : source.Mean(window.Samples.Length));
            covered[w] = window.Low <= truth && truth <= window.High;
            halves[w] = (window.High - window.Low) / 2 / LevelNs;
            counts[w] = window.Samples.Length;
            if (rule == ProtocolRule.Ours && w < JudgedWindows) flags[w] = Flags(window.Samples);
        });
        double? share(LaunchFlags flag) => rule == ProtocolRule.Ours ? flags.Take(JudgedWindows).Count(f => f.HasFlag(flag)) / (double)Math.Min(windows, JudgedWindows) : null;
        return new ProtocolCoverage(source.Name, rule.Name, covered.Count(held => held) / (double)windows, halves.Average(), counts.Average(), share(LaunchFlags.Drift), share(LaunchFlags.Bimodal));
    }

    /// <summary>The flags a launch with these samples gets from a worker and a host without faults.</summary>
    internal static LaunchFlags Flags(long[] samples)
    {
        var result = new ResultMessage
        {
            WindowStart = 0,
            WindowEnd = samples.Sum(),
            Output = new OutputReport { Finite = true },
            Warmup = new WarmUpReport { Steady = true },
            Gc = new CollectionReport(),
            Effective = new EffectiveReport { Precision = "fp32" },
        };
        var quiet = new HostTelemetry { StealRel = 0, ForeignCpuRel = 0, CgroupThrottled = 0 };
        return LaunchJudgement.Judge(LaunchSummary.From(new SampleSet(samples, 1)), result, quiet, device: null, EffortSettings.For(Effort.Standard, isCpu: false)).Flags;
    }
}
