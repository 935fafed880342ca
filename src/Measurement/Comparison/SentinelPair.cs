namespace Fleetmark.Measurement.Comparison;

/// <summary>One A/A comparison: the same cell measured twice in one run under two labels. Any difference is the measurement's own.</summary>
/// <param name="LogRatio">Log of the ratio of the two.</param>
/// <param name="P">Probability of the comparison; null when it was not tested.</param>
public sealed record SentinelPair(double LogRatio, double? P);
