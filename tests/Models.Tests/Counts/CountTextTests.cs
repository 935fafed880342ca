using System.Globalization;
using System.Numerics;
using CsCheck;
using Fleetmark.Models.Counts;

namespace Fleetmark.Models.Tests.Counts;

public sealed class CountTextTests
{
    [Theory]
    [InlineData(1_370_153_216, 1_000_000_000, 2, 1, "1.370")]
    [InlineData(1_379_999_999, 1_000_000_000, 2, 1, "1.370")]
    [InlineData(0, 1_000_000, 2, 1, "0.000")]
    [InlineData(9_223_372_036_854_775_807, 1, 9, 0, "9223372036854775807.000000000")]
    [InlineData(1_999_999, 1_000_000, 0, 0, "1")]
    public void Truncation_never_rounds(long count, long unit, int decimals, int zeros, string text) =>
        Assert.Equal(text, CountText.Truncated(count, unit, decimals, zeros));

    [Theory]
    [InlineData(1_995_000, 1_000_000, 2, "2.00")]
    [InlineData(1_994_999, 1_000_000, 2, "1.99")]
    [InlineData(5, 10, 0, "1")]
    public void Rounding_goes_half_up(long count, long unit, int decimals, string text) => Assert.Equal(text, CountText.Rounded(count, unit, decimals));

    [Fact]
    public void Truncated_text_is_the_largest_step_not_above_the_count() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.OneOfConst(1L, 1_000_000L, 1_000_000_000L), Gen.Int[0, 9]).Sample((count, unit, decimals) =>
        {
            BigInteger steps = BigInteger.Parse(CountText.Truncated(count, unit, decimals, 0).Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            BigInteger scaled = (BigInteger)count * BigInteger.Pow(10, decimals);
            return steps * unit <= scaled && scaled < (steps + 1) * unit;
        });
}
