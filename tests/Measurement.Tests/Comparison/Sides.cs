using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Measurement.Tests.Comparison;

/// <summary>Launches of one side, on one card.</summary>
internal static class Sides
{
    internal static ComparedLaunch[] On(string card, params double[] mediansUs) => [.. mediansUs.Select(median => new ComparedLaunch(median, card))];

    internal static ComparedLaunch[] Of(params double[] mediansUs) => On("gpu-1", mediansUs);

    internal static ComparedLaunch[] At(double clockMhz, params double[] mediansUs) => [.. mediansUs.Select(median => new ComparedLaunch(median, "gpu-1", clockMhz))];

    /// <summary>Five launches around a time, with a standard deviation of 0.27 %.</summary>
    internal static double[] Around(double us, double spread = 1) => [us, us * (1 + (0.004 * spread)), us * (1 - (0.003 * spread)), us * (1 + (0.002 * spread)), us * (1 - (0.001 * spread))];
}
