using System.Globalization;

namespace Fleetmark.Measurement.Regressions;

/// <summary>A place where the conditions changed: whatever the times did there is explained by it, and no alert.</summary>
/// <param name="Index">Index of the first point after it.</param>
/// <param name="Cause">What changed, such as "driver 570 → 580".</param>
/// <param name="LogChange">Mean after minus mean before, of the segments beside it; positive is slower.</param>
public sealed record ExplainedStep(int Index, string Cause, double LogChange)
{
    /// <summary>The step in words: "explained: driver 570 → 580, +4.1 %".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"explained: {Cause}, {100 * Math.Exp(LogChange) - 100:+0.0;-0.0;0.0} %");
}
