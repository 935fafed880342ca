using System.Globalization;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.Measurement.Launches;

/// <summary>What the window of a throughput launch must be for its calls to be a rate.</summary>
internal static class ThroughputWindow
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>What the codec's unit rounds up, and a clock read beside the loop.</summary>
    private const long SlackNs = NanosecondsPerMillisecond;

    /// <summary>What is wrong with it; null when nothing is. The calls of a loop follow each other, so they cannot last longer than the window in which all of them began and ended.</summary>
    internal static string? ProblemOf(ResultMessage result, SampleSet samples, LaunchRequest launch)
    {
        long window = result.WindowEnd - result.WindowStart;
        long shortest = launch.Sample.MinMs * NanosecondsPerMillisecond;
        if (window < shortest) return string.Create(CultureInfo.InvariantCulture, $"'result' with a window of {window / NanosecondsPerMillisecond} ms, {launch.Sample.MinMs} ms were asked");
        int first = 0;
        for (int stream = 0; stream < samples.Streams.Count; stream++)
        {
            long sum = 0;
            for (int i = first; i < first + samples.Streams[stream]; i++) sum += samples.Nanoseconds[i];
            if (sum > window + SlackNs)
                return string.Create(CultureInfo.InvariantCulture, $"'result' with a window of {window} ns, but the samples of loop {stream + 1} are {sum} ns together");
            first += samples.Streams[stream];
        }

        return null;
    }
}
