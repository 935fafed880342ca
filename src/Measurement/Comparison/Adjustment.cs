namespace Fleetmark.Measurement.Comparison;

/// <summary>What the comparisons of one list are held to.</summary>
public enum Adjustment
{
    /// <summary>The share of wrong ones among those called different (<see cref="Multiplicity.BenjaminiHochberg"/>): tables.</summary>
    FalseDiscoveryRate = 0,

    /// <summary>The chance of any wrong one (<see cref="Multiplicity.Holm"/>): gates.</summary>
    FamilywiseError = 1,
}
