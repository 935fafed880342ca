using Perfolizer.Mathematics.QuantileEstimators;
using Pragmastat;

namespace Fleetmark.Measurement.Comparison;

/// <summary>How far apart equal things measure on a device: what is not beyond that is no difference.</summary>
/// <param name="LogRatio">95th percentile of |log ratio| of the A/A pairs; about the share by which equal cells differ.</param>
/// <param name="Source">Whose pairs they are.</param>
/// <param name="Pairs">Number of pairs behind it.</param>
/// <param name="RejectedShare">Share of the tested pairs with p below 0.05, 0 to 1: 0.03 to 0.07 is healthy. Null when none was tested.</param>
public sealed record NoiseFloor(double LogRatio, NoiseFloorSource Source, int Pairs, double? RejectedShare)
{
    /// <summary>The floor where no pair exists, and the smallest margin of a comparison: nobody should rank by less than 1 %.</summary>
    public const double Default = 0.01;

    /// <summary>How many pairs count, the newest ones.</summary>
    public const int Newest = 30;

    private const int DeviceFrom = 10;
    private const double Quantile = 0.95;
    private const double Significance = 0.05;

    /// <summary>The margin within which cells count as the same.</summary>
    public double Margin => Math.Max(LogRatio, Default);

    /// <summary>The floor of a device from its newest 30 pairs; from those of its class while it has fewer than 10; 1 % when there are none.</summary>
    /// <param name="device">Pairs of the device, oldest first.</param>
    /// <param name="deviceClass">Pairs of all devices of its class, oldest first.</param>
    public static NoiseFloor Of(IReadOnlyList<SentinelPair> device, IReadOnlyList<SentinelPair> deviceClass)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(deviceClass);
        return device.Count >= DeviceFrom ? Of(device, NoiseFloorSource.Device)
            : deviceClass.Count > 0 ? Of(deviceClass, NoiseFloorSource.DeviceClass)
            : new NoiseFloor(Default, NoiseFloorSource.Default, 0, null);
    }

    private static NoiseFloor Of(IReadOnlyList<SentinelPair> pairs, NoiseFloorSource source)
    {
        SentinelPair[] newest = [.. pairs.TakeLast(Newest)];
        double[] tested = [.. newest.Where(pair => pair.P is not null).Select(pair => pair.P!.Value)];
        double floor = HyndmanFanQuantileEstimator.Type7.Quantile(new Sample([.. newest.Select(pair => Math.Abs(pair.LogRatio))]), Quantile);
        return new NoiseFloor(floor, source, newest.Length, tested.Length == 0 ? null : tested.Count(p => p < Significance) / (double)tested.Length);
    }
}
