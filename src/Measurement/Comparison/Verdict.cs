namespace Fleetmark.Measurement.Comparison;

/// <summary>What a comparison says. The numbers are stored; append only.</summary>
public enum Verdict
{
    /// <summary>A difference beyond the margin is excluded.</summary>
    Same = 0,

    /// <summary>The candidate takes less time, by more than the margin and not by chance.</summary>
    Faster = 1,

    /// <summary>The candidate takes more time, by more than the margin and not by chance.</summary>
    Slower = 2,

    /// <summary>The launches do not decide.</summary>
    Ambiguous = 3,

    /// <summary>The times differ, but as the clocks do: the cycles are the same.</summary>
    ClockDifference = 4,
}
