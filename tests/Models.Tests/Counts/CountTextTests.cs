using System.Globalization;
using System.Numerics;
using CsCheck;
using Fleetmark.Models.Counts;

namespace Fleetmark.Models.Tests.Counts;

public sealed class CountTextTests
{
    [Theory]
    [InlineData(1_995_000, 1_000_000, 2, "2.00")]
    [InlineData(1_994_999, 1_000_000, 2, "1.99")]
    [InlineData(0, 1_000_000, 3, "0.000")]
    [InlineData(5, 10, 0, "1")]
    [InlineData(9_223_372_036_854_775_807, 1, 9, "9223372036854775807.000000000")]
    public void Rounding_goes_half_up(long count, long unit, int decimals, string text) => Assert.Equal(text, CountText.Rounded(count, unit, decimals));

    [Fact]
    public void Rounded_text_is_the_step_nearest_to_the_count() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.OneOfConst(1L, 1_000_000L, 1_000_000_000L), Gen.Int[0, 9]).Sample((count, unit, decimals) =>
        {
            BigInteger steps = BigInteger.Parse(CountText.Rounded(count, unit, decimals).Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            BigInteger twice = 2 * (BigInteger)count * BigInteger.Pow(10, decimals);
            return ((2 * steps) - 1) * unit <= twice && twice < ((2 * steps) + 1) * unit;
        });
}
