namespace Fleetmark.Measurement.Regressions;

/// <summary>A place where a cell became slower or faster under unchanged conditions.</summary>
/// <param name="Index">Index of the first point after it.</param>
/// <param name="LogChange">Mean after minus mean before, of the segments beside it; positive is slower.</param>
/// <param name="P">Two-sided probability of such a change without any.</param>
/// <param name="Candidates">What measured differently from there on or from up to two points beside it, such as "image a1 → b2"; empty when nothing known did.</param>
public sealed record SeriesBreak(int Index, double LogChange, double P, string Candidates);
