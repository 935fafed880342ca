using CsCheck;
using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Tests.Graphs;

public sealed class WindowTests
{
    [Fact]
    public void Output_size_is_the_number_of_windows_that_fit() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 9], Gen.Int[1, 5], Gen.Int[0, 4], Gen.Int[1, 3]).Sample((n, k, s, p, d) =>
        {
            int fit = Enumerable.Range(0, n + (2 * p)).Count(start => start % s == 0 && start + (d * (k - 1)) < n + (2 * p));
            return Of(k, s, p, d, ceil: false).Output(new Extent(n, n)) == new Extent(fit, fit);
        });

    [Fact]
    public void Ceil_adds_at_most_one_window_that_reaches_over_the_edge() =>
        Gen.Select(Gen.Int[9, 60], Gen.Int[1, 9], Gen.Int[1, 5]).Sample((n, k, s) =>
        {
            int floor = Of(k, s, 0, 1, ceil: false).Output(new Extent(n, n)).Width, ceil = Of(k, s, 0, 1, ceil: true).Output(new Extent(n, n)).Width;
            return ceil == floor + ((n - k) % s == 0 ? 0 : 1);
        });

    private static Window Of(int k, int s, int p, int d, bool ceil) => new(new Extent(k, k), new Extent(s, s), new Extent(p, p), new Extent(d, d), ceil);
}
