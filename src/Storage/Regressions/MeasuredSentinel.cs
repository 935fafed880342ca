namespace Fleetmark.Storage.Regressions;

/// <summary>Both sides of an A/A sentinel of one run, measured to the end.</summary>
/// <param name="DeviceId">Row of the device.</param>
/// <param name="Sentinel">What was measured twice, such as <c>VGG11 batch 1</c>.</param>
/// <param name="A">Medians of the valid launches of side a, in µs, in the order of repetitions; at least one.</param>
/// <param name="B">The same of side b.</param>
/// <param name="FinishedAt">When the later side was over.</param>
public sealed record MeasuredSentinel(int DeviceId, string Sentinel, IReadOnlyList<double> A, IReadOnlyList<double> B, DateTimeOffset FinishedAt);
