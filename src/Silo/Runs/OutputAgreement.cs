using Fleetmark.Measurement.Launches;
using Fleetmark.Storage.Results;

namespace Fleetmark.Silo.Runs;

/// <summary>
/// Whether launches of one cell computed the same: equal top-1 and values within what rounding explains. Other bits alone are normal, since cards and thread counts add in
/// different orders.
/// </summary>
internal static class OutputAgreement
{
    private const double Fp32Tolerance = 1e-3;
    private const double ReducedTolerance = 2e-2;

    /// <summary>Compares an output with that of the cell's first launch. What either worker did not say is not compared.</summary>
    /// <param name="first">The first launch's output.</param>
    /// <param name="other">The output in question.</param>
    /// <param name="arithmetic">What the launches were computed in; null counts as FP32.</param>
    public static bool Agrees(LaunchOutput first, LaunchOutput other, Precision? arithmetic)
    {
        if (first.Top1 is { } wanted && other.Top1 is { } found && !wanted.SequenceEqual(found)) return false;
        if (first.Head is not { } reference || other.Head is not { } head) return true;
        return reference.Count == head.Count && Difference(reference, head) <= (arithmetic is null or Precision.Fp32 ? Fp32Tolerance : ReducedTolerance);
    }

    /// <summary>Largest difference as a share of the largest value: of one value that is almost nought, rounding alone makes any share.</summary>
    private static double Difference(IReadOnlyList<double> reference, IReadOnlyList<double> head)
    {
        double difference = reference.Zip(head, (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max();
        return difference == 0 ? 0 : difference / reference.Max(Math.Abs);
    }
}
