using Fleetmark.Measurement.Comparison;

namespace Fleetmark.Measurement.Tests.Comparison;

/// <summary>
/// The fifteen probabilities of the example in Benjamini and Hochberg (1995, section 4.1), where their procedure rejects four hypotheses at 0.05 and Bonferroni's three.
/// Adjusted values by <c>statsmodels.stats.multitest.multipletests</c> 0.13.5.
/// </summary>
public sealed class MultiplicityTests
{
    private static readonly double[] Example =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000];

    [Fact]
    public void Benjamini_and_hochberg_match_their_example()
    {
        double[] adjusted = Multiplicity.BenjaminiHochberg(Example);
        Is([0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571429, 0.0638571429, 0.0645, 0.0765, 0.486, 0.5811818182, 0.714875, 0.7532307692, 0.8132142857, 1], adjusted);
        Assert.Equal(4, adjusted.Count(p => p <= 0.05));
    }

    [Fact]
    public void Holm_matches_another_program() =>
        Is([0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1], Multiplicity.Holm(Example));

    [Fact]
    public void The_order_of_the_comparisons_does_not_matter()
    {
        int[] mixed = [.. Enumerable.Range(0, Example.Length).OrderBy(i => i * 7 % 15)];
        double[] probabilities = [.. mixed.Select(i => Example[i])];
        Is([.. mixed.Select(i => Multiplicity.BenjaminiHochberg(Example)[i])], Multiplicity.BenjaminiHochberg(probabilities));
        Is([.. mixed.Select(i => Multiplicity.Holm(Example)[i])], Multiplicity.Holm(probabilities));
    }

    [Fact]
    public void One_comparison_is_not_adjusted_and_none_is_none()
    {
        Assert.Equal([0.03], Multiplicity.BenjaminiHochberg([0.03]));
        Assert.Equal([0.03], Multiplicity.Holm([0.03]));
        Assert.Empty(Multiplicity.Holm([]));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_refused(double p) => Assert.Throws<ArgumentException>(() => Multiplicity.Holm([0.5, p]));

    private static void Is(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
}
