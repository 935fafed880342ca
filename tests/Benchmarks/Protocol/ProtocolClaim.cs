namespace Fleetmark.Benchmarks.Protocol;

/// <summary>A figure we hold ourselves to.</summary>
/// <param name="What">What it is a share of.</param>
/// <param name="Value">The figure.</param>
/// <param name="Least">It must be at least this.</param>
/// <param name="Most">It must be at most this.</param>
internal sealed record ProtocolClaim(string What, double Value, double Least, double Most)
{
    /// <summary>True when the figure is within its limits.</summary>
    public bool Holds => Value >= Least && Value <= Most;
}
