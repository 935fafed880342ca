namespace Fleetmark.Measurement.Statistics;

/// <summary>One of the slowest samples, with its place: what happened at that moment can be looked up in the traces of the launch.</summary>
/// <param name="Index">Place among the samples in the order they were taken, from 0.</param>
/// <param name="Us">Its time per call in microseconds.</param>
public sealed record WorstSample(int Index, double Us)
{
    private const int Kept = 10;

    /// <summary>The ten slowest, slowest first; of equal ones the earlier first.</summary>
    internal static WorstSample[] Of(IReadOnlyList<double> values) =>
        [.. Enumerable.Range(0, values.Count).OrderByDescending(i => values[i]).ThenBy(i => i).Take(Kept).Select(i => new WorstSample(i, values[i]))];
}
