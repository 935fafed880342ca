using System.Globalization;

namespace Fleetmark.Benchmarks.Protocol;

/// <summary>
/// The protocol against synthetic launches whose truth is known: does the interval hold it, are equal systems called different, is a slow-down found? The same for what others do.
/// The figures depend on the seed alone.
/// </summary>
internal static class ProtocolBenchmark
{
    private const int Seed = 20210614;

    internal static ProtocolReport Run()
    {
        const int Windows = 2000, Trials = 2000;
        ProtocolSource[] sources =
        [
            ProtocolSource.Iid(0.02), ProtocolSource.Iid(0.10), ProtocolSource.Ar1(0.8, 0.02), ProtocolSource.Bimodal(), ProtocolSource.Dwelling(), ProtocolSource.Drift(0.03, 200, 0.02),
        ];
        ProtocolRule[] rules = [ProtocolRule.Ours, ProtocolRule.OursQuick, ProtocolRule.Nvbench, ProtocolRule.Fixed(1000)];
        ProtocolCoverage[] coverage = [.. sources.SelectMany(source => rules.Select(rule => ProtocolCoverage.Of(source, rule, Windows, Seed)))];
        ProtocolComparison[] equal = [.. new[] { 0.005, 0.01 }.SelectMany(sd => new[] { 3, 4, 5, 10 }.Select(launches => ProtocolComparison.Of(launches, sd, 1, Trials, Seed)))];
        ProtocolComparison[] slower = [.. new[] { 4, 5, 10 }.Select(launches => ProtocolComparison.Of(launches, 0.01, 1.03, Trials, Seed))];
        ProtocolComparison[] margin = [.. new[] { 3, 5, 10 }.Select(launches => ProtocolComparison.Of(launches, 0.005, 1.01, Trials, Seed))];
        return new ProtocolReport(Seed, coverage, equal, slower, margin, [.. Claims(coverage, equal, slower, margin)]);
    }

    private static IEnumerable<ProtocolClaim> Claims(ProtocolCoverage[] coverage, ProtocolComparison[] equal, ProtocolComparison[] slower, ProtocolComparison[] margin)
    {
        // Dwelling is shown and not claimed: where a launch stays in a mode for as long as a block lasts, a few visits make the median, and only the flag helps.
        foreach (ProtocolCoverage row in coverage.Where(row => row.Rule == ProtocolRule.Ours.Name && row.Source != ProtocolSource.Dwelling().Name))
            yield return new ProtocolClaim($"coverage, {row.Source}", row.Covered, 0.90, 1);
        foreach (ProtocolComparison row in equal.Where(row => row.Launches >= 5))
            yield return new ProtocolClaim(Text($"A/A rejected, {row.Launches} + {row.Launches} launches, launch SD {row.LaunchSd:0.0%}"), row.Ours, 0.03, 0.07);
        foreach (ProtocolComparison row in slower.Where(row => row.Launches >= 5))
            yield return new ProtocolClaim(Text($"3 % slow-down called slower, {row.Launches} + {row.Launches} launches, launch SD 1 %"), row.Slower, 0.90, 1);
        foreach (ProtocolComparison row in margin)
            yield return new ProtocolClaim(Text($"called same on the margin, {row.Launches} + {row.Launches} launches, launch SD 0.5 %"), row.Same, 0, 0.06);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
