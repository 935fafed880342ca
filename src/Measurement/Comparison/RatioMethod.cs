namespace Fleetmark.Measurement.Comparison;

/// <summary>How a ratio was tested.</summary>
public enum RatioMethod
{
    /// <summary>Not tested: no launches, no common card, or nothing to estimate a spread from.</summary>
    None = 0,

    /// <summary>Welch's t-test of the log launch medians; one card, at least five launches on both sides.</summary>
    WelchT = 1,

    /// <summary>Exact permutation of the difference of the mean log launch medians; one card, fewer launches.</summary>
    Permutation = 2,

    /// <summary>Linear model card + side of the log launch medians; several cards.</summary>
    CardModel = 3,
}
