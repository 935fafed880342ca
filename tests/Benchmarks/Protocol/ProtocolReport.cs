using System.Globalization;
using System.Text;

namespace Fleetmark.Benchmarks.Protocol;

/// <summary>All tables of the simulation.</summary>
/// <param name="Seed">Seed of all of them.</param>
/// <param name="Coverage">How often intervals hold the truth.</param>
/// <param name="Equal">Comparisons of equal sides.</param>
/// <param name="Slower">Comparisons with a side that is 3 % slower.</param>
/// <param name="OnTheMargin">Comparisons with a side that is slower by exactly the margin.</param>
/// <param name="Claims">What we hold ourselves to.</param>
internal sealed record ProtocolReport(
    int Seed, IReadOnlyList<ProtocolCoverage> Coverage, IReadOnlyList<ProtocolComparison> Equal, IReadOnlyList<ProtocolComparison> Slower,
    IReadOnlyList<ProtocolComparison> OnTheMargin, IReadOnlyList<ProtocolClaim> Claims) : IJudged
{
    /// <inheritdoc/>
    public int ExitCode => Claims.All(claim => claim.Holds) ? 0 : 3;

    /// <summary>The tables as text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, $"Seed {Seed}. Calls of 15 ms; effort standard.");
        Line(text, $"");
        Line(text, $"How often the 95 % interval of one launch holds the true value (2,000 windows)");
        Line(text, $"{"source",-20}{"rule",-18}{"held",8}{"half-width",12}{"samples",10}{"drift",8}{"bimodal",9}");
        foreach (ProtocolCoverage row in Coverage)
            Line(text, $"{row.Source,-20}{row.Rule,-18}{row.Covered,8:0.0%}{row.HalfWidth,12:0.00%}{row.Samples,10:0}{row.Drift,8:0%}{row.Bimodal,9:0%}");
        Compared(text, "Equal sides: called different (A/A)", Equal);
        Compared(text, "A side 3 % slower: called different", Slower);
        Compared(text, "A side slower by the margin of 1 %", OnTheMargin);
        Line(text, $"");
        foreach (ProtocolClaim claim in Claims)
            Line(text, $"{(claim.Holds ? "holds" : "FAILS")}  {claim.What}: {claim.Value:0.0%} ({claim.Least:0%} to {claim.Most:0%})");
        return text.ToString().TrimEnd();
    }

    private static void Compared(StringBuilder text, string title, IReadOnlyList<ProtocolComparison> rows)
    {
        Line(text, $"");
        Line(text, $"{title} (2,000 trials; samples iid 2 %)");
        Line(text, $"{"launches",8}{"launch SD",11}{"p < 0.05",10}{"faster",8}{"slower",8}{"same",8} |{"pooled rank",12}{"pooled t",10}{"nvbench_compare",17}");
        foreach (ProtocolComparison row in rows)
        {
            Line(text, $"{row.Launches,4} + {row.Launches,-2}{row.LaunchSd,10:0.0%}{row.Ours,10:0.0%}{row.Faster,8:0.0%}{row.Slower,8:0.0%}{row.Same,8:0.0%} |{row.PooledRank,12:0.0%}{row.PooledT,10:0.0%}{row.NvbenchCompare,17:0.0%}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
