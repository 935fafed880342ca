using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Measurement.Tests.Comparison;

/// <summary>Probabilities by <c>scipy.stats.permutation_test</c> of scipy 1.10 over all divisions, and by counting them in Python where scipy asks for larger samples.</summary>
public sealed class PermutationTests
{
    [Theory]
    [InlineData(new[] { 100.0, 101, 102 }, new[] { 103.0, 104, 105 }, 2.0 / 20)]
    [InlineData(new[] { 100.0, 101, 102, 103 }, new[] { 104.0, 105, 106, 107 }, 2.0 / 70)]
    [InlineData(new[] { 100.0, 101, 104, 103 }, new[] { 102.0, 105, 106, 107 }, 8.0 / 70)]
    [InlineData(new[] { 100.0, 102, 101 }, new[] { 101.5, 104, 99, 103.5 }, 20.0 / 35)]
    [InlineData(new[] { 100.0, 101 }, new[] { 103.0, 104 }, 2.0 / 6)]
    [InlineData(new[] { 100.0 }, new[] { 101.0, 102, 103, 104, 105, 106 }, 1.0 / 7)]
    [InlineData(new[] { 100.0, 100, 100 }, new[] { 100.0, 100, 100 }, 1.0)]
    public void The_probability_counts_all_divisions(double[] baseline, double[] candidate, double expected)
    {
        double[] before = Array.ConvertAll(baseline, Math.Log);
        double[] after = Array.ConvertAll(candidate, Math.Log);
        Assert.Equal(expected, Permutation.P(before, after), 1e-12);
        Assert.Equal(expected, Permutation.P(after, before), 1e-12);
    }

    [Theory]
    [InlineData(3, 3, 0.1)]
    [InlineData(4, 4, 0.0285714)]
    [InlineData(3, 4, 0.0285714)]
    [InlineData(5, 5, 0.0079365)]
    [InlineData(1, 1, 1)]
    public void Few_launches_cannot_reach_a_small_probability(int first, int second, double expected) => Assert.Equal(expected, Permutation.SmallestP(first, second), 1e-6);
}
