using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Benchmarks.Protocol;

/// <summary>How often the ways to compare two sides call them different, and what we say of them.</summary>
/// <param name="Launches">Launches of each side.</param>
/// <param name="LaunchSd">Standard deviation between launches, as a share.</param>
/// <param name="TrueRatio">Candidate over baseline.</param>
/// <param name="Ours">Share of the trials in which the test of launch medians has p below 0.05.</param>
/// <param name="Faster">Share of the verdict <c>faster</c>.</param>
/// <param name="Slower">Share of the verdict <c>slower</c>.</param>
/// <param name="Same">Share of the verdict <c>same</c>.</param>
/// <param name="PooledRank">Share in which Mann and Whitney's test of all samples has p below 0.05.</param>
/// <param name="PooledT">Share in which the t intervals of all samples say the means differ: p below 0.05.</param>
/// <param name="NvbenchCompare">Share in which nvbench's own script calls one launch of each side different: the means differ by more than the smaller of the two relative deviations.</param>
internal sealed record ProtocolComparison(
    int Launches, double LaunchSd, double TrueRatio, double Ours, double Faster, double Slower, double Same, double PooledRank, double PooledT, double NvbenchCompare)
{
    private const double Significance = 0.05;
    private const double NormalQuantile = 1.959964;

    private static readonly ProtocolSource Source = ProtocolSource.Iid(0.02);

    internal static ProtocolComparison Of(int launches, double launchSd, double ratio, int trials, int seed)
    {
        Trial[] all = new Trial[trials];
        Parallel.For(0, trials, t => all[t] = Trial.Of(launches, launchSd, ratio, seed + t));
        double share(Func<Trial, bool> what) => all.Count(what) / (double)trials;
        return new ProtocolComparison(
            launches, launchSd, ratio,
            share(t => t.P < Significance), share(t => t.Verdict == Verdict.Faster), share(t => t.Verdict == Verdict.Slower), share(t => t.Verdict == Verdict.Same),
            share(t => t.Rank), share(t => t.T), share(t => t.Nvbench));
    }

    private sealed record Trial(double P, Verdict Verdict, bool Rank, bool T, bool Nvbench)
    {
        internal static Trial Of(int launches, double launchSd, double ratio, int seed)
        {
            var noise = new ProtocolNoise(seed);
            double[] levels = [.. Enumerable.Range(0, 2 * launches).Select(i => (i < launches ? 1 : ratio) * Math.Exp(launchSd * noise.Normal()))];
            ProtocolWindow[] ours = [.. levels.Select(level => Watch(ProtocolRule.Ours, level, noise))];
            ComparedLaunch[] compared = [.. ours.Select(window => new ComparedLaunch(window.Value / 1000, "card"))];
            var pair = new ComparedPair { Baseline = compared[..launches], Candidate = compared[launches..], Margin = NoiseFloor.Default };
            PairVerdict verdict = ComparisonList.Judge([pair], Adjustment.FalseDiscoveryRate)[0];
            double[] before = [.. ours[..launches].SelectMany(window => window.Samples).Select(sample => (double)sample)];
            double[] after = [.. ours[launches..].SelectMany(window => window.Samples).Select(sample => (double)sample)];
            return new Trial(verdict.Times.P!.Value, verdict.Verdict, Math.Abs(RankTest.Z(before, after)) > NormalQuantile, MeanDiffers(before, after), NvbenchDiffers(levels[0], levels[launches], noise));
        }

        private static ProtocolWindow Watch(ProtocolRule rule, double level, ProtocolNoise noise)
        {
            Func<double> next = Source.Start(noise);
            return rule.Watch(() => (long)(ProtocolCoverage.LevelNs * level * next()));
        }

        private static bool MeanDiffers(double[] before, double[] after)
        {
            double error = Math.Sqrt((Variance(before) / before.Length) + (Variance(after) / after.Length));
            return Math.Abs(after.Average() - before.Average()) > NormalQuantile * error;
        }

        private static bool NvbenchDiffers(double before, double after, ProtocolNoise noise)
        {
            ProtocolWindow first = Watch(ProtocolRule.Nvbench, before, noise);
            ProtocolWindow second = Watch(ProtocolRule.Nvbench, after, noise);
            double smaller = Math.Min(Noise(first), Noise(second));
            return Math.Abs((second.Value - first.Value) / first.Value) > smaller;
        }

        private static double Noise(ProtocolWindow window) => Math.Sqrt(Variance([.. window.Samples.Select(sample => (double)sample)])) / window.Value;

        private static double Variance(double[] values)
        {
            double mean = values.Average();
            return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        }
    }
}
