using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Statistics;
using Fleetmark.Measurement.Stopping;
using Perfolizer.Mathematics.Distributions.ContinuousDistributions;

namespace Fleetmark.Benchmarks.Protocol;

/// <summary>A way to decide when a launch has enough samples, and what to say of them.</summary>
/// <param name="Name">Name in the tables.</param>
/// <param name="ReportsMedian">True when its value is a median, false when it is a mean.</param>
/// <param name="Watch">Takes samples (nanoseconds, one per call of the function) until it has enough.</param>
internal sealed record ProtocolRule(string Name, bool ReportsMedian, Func<Func<long>, ProtocolWindow> Watch)
{
    private const long BurstNs = 250_000_000;

    /// <summary>The stop rule and the interval that workers run, with the settings of effort <c>standard</c>; samples come in bursts of a quarter of a second as from the sampler.</summary>
    internal static readonly ProtocolRule Ours = Blocks("fleetmark", Effort.Standard);

    /// <summary>The same with the settings of effort <c>quick</c>, which are for a first look.</summary>
    internal static readonly ProtocolRule OursQuick = Blocks("fleetmark quick", Effort.Quick);

    /// <summary>
    /// What NVIDIA's nvbench does by default: stop after 0.5 s as soon as the relative standard deviation is below 0.5 %, or, looking at every 16th sample from the 65th on, when
    /// its last 512 values stand still (they deviate from the newest by less than 5 % of it). It takes samples for independent; of the mean it prints, this is the t interval.
    /// After <c>stdrel_criterion</c> of NVIDIA/nvbench at commit 182c77e.
    /// </summary>
    internal static readonly ProtocolRule Nvbench = new("nvbench stdrel", false, next =>
    {
        const double MinSeconds = 0.5, MaxNoise = 0.005, StandingStill = 0.05;
        const int LastNoises = 512, FirstLook = 65, LookEvery = 16, Most = 100_000;
        var samples = new List<long>();
        var noises = new Queue<double>();
        (double mean, double squares) = (0, 0);
        while (samples.Count < Most)
        {
            long sample = next();
            samples.Add(sample);
            double before = sample - mean;
            mean += before / samples.Count;
            squares += before * (sample - mean);
            if (samples.Count < 2) continue;
            double noise = Math.Sqrt(squares / (samples.Count - 1)) / mean;
            noises.Enqueue(noise);
            if (noises.Count > LastNoises) noises.Dequeue();
            if (mean * samples.Count / 1e9 <= MinSeconds) continue;
            if (noise < MaxNoise) break;
            if (noises.Count >= FirstLook && samples.Count % LookEvery == 0 && DeviationFrom(noise, noises) < StandingStill * noise) break;
        }

        return Pooled([.. samples]);
    });

    /// <summary>A fixed number of calls and the t interval of their mean, as most scripts do.</summary>
    internal static ProtocolRule Fixed(int calls) => new($"fixed n = {calls}", false, next =>
    {
        long[] samples = new long[calls];
        for (int i = 0; i < calls; i++) samples[i] = next();
        return Pooled(samples);
    });

    private static ProtocolRule Blocks(string name, Effort effort) => new(name, true, next =>
    {
        SamplingSettings settings = EffortSettings.For(effort, isCpu: false).Sampling;
        long[] samples = new long[settings.MaxCount];
        long[] scratch = new long[settings.MaxCount];
        var rule = new StopRule(settings, scratch);
        int n = 0;
        long elapsed = 0;
        while (!rule.IsFinished)
        {
            long perSample = n == 0 ? BurstNs : elapsed / n;
            int burst = (int)Math.Clamp(BurstNs / perSample, 1, rule.NextLook - n);
            for (int i = 0; i < burst; i++)
            {
                long sample = next();
                samples[n++] = sample;
                elapsed += sample;
            }

            rule.Add(samples.AsSpan(0, n), elapsed);
        }

        BlockInterval interval = BlockInterval.Of(samples.AsSpan(0, n), scratch)!;
        double half = interval.HalfWidth * interval.Median;
        return new ProtocolWindow(samples[..n], interval.Median, interval.Median - half, interval.Median + half);
    });

    private static ProtocolWindow Pooled(long[] samples)
    {
        double mean = samples.Average();
        double half = new StudentDistribution(samples.Length - 1).Quantile(0.975) * Deviation(samples.Select(sample => (double)sample)) / Math.Sqrt(samples.Length);
        return new ProtocolWindow(samples, mean, mean - half, mean + half);
    }

    private static double DeviationFrom(double centre, Queue<double> values) => Math.Sqrt(values.Sum(value => (value - centre) * (value - centre)) / (values.Count - 1));

    private static double Deviation(IEnumerable<double> values)
    {
        (int count, double mean, double squares) = (0, 0, 0);
        foreach (double value in values)
        {
            count++;
            double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
        }

        return Math.Sqrt(squares / (count - 1));
    }
}
