using System.Globalization;
using CsCheck;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tests.Layouts;

public sealed class NumberFormatTests
{
    [Theory]
    [InlineData("fixed(2)", 0.125, "0.13")]
    [InlineData("fixed(2)", 2.675, "2.68")]
    [InlineData("fixed(2)", -0.0004, "0.00")]
    [InlineData("fixed(2)", 1.5, "1.50")]
    [InlineData("fixed(0)", 2.5, "3")]
    [InlineData("fixed(3)", 1234567.0005, "1234567.001")]
    [InlineData("trim(5)", 41.55902, "41.55902")]
    [InlineData("trim(5)", 1.877, "1.877")]
    [InlineData("trim(5)", 0.0, "0")]
    [InlineData("trim(5)", 1e9, "1000000000")]
    [InlineData("trim(2)", 10.0, "10")]
    [InlineData("trunc(2,1)", 15.094772224, "15.090")]
    [InlineData("trunc(2,1)", 0.699942696, "0.690")]
    [InlineData("trunc(2,1)", 1.0, "1.000")]
    [InlineData("trunc(0,0)", 9.99, "9")]
    [InlineData("int", 224.0, "224")]
    [InlineData("text", 1.50, "1.5")]
    public void A_number_prints_as_its_format_says(string format, double number, string expected)
    {
        NumberFormat read = NumberFormat.Read(format)!;
        Assert.Equal(expected, read.Print((decimal)number, read.ColumnDecimals([(decimal)number])));
        Assert.Equal(format, read.ToString());
    }

    [Theory]
    [InlineData("0.967", 3)]
    [InlineData("0.0967", 4)]
    [InlineData("0.00967", 5)]
    [InlineData("0.0000967", 5)]
    [InlineData("1", 2)]
    [InlineData("7.24", 2)]
    [InlineData("12.3", 1)]
    [InlineData("99.99", 1)]
    [InlineData("123", 0)]
    [InlineData("12345", 0)]
    public void The_smallest_number_decides_the_decimals_of_an_automatic_column(string smallest, int decimals)
    {
        decimal number = decimal.Parse(smallest, CultureInfo.InvariantCulture);
        Assert.Equal(decimals, NumberFormat.Default.ColumnDecimals([1_000_000m, 0, number, -2_000_000m]));
    }

    [Fact]
    public void A_zero_has_no_sign_and_decides_nothing()
    {
        Assert.Equal(2, NumberFormat.Default.ColumnDecimals([0m]));
        Assert.Equal("0.00", NumberFormat.Read("fixed(2)")!.Print(-0.0m, 2));
        Assert.Equal("0", NumberFormat.Shortest(-0.000m));
    }

    [Theory]
    [InlineData("fixed")]
    [InlineData("fixed()")]
    [InlineData("fixed(10)")]
    [InlineData("fixed(-1)")]
    [InlineData("fixed(2,1)")]
    [InlineData("trunc(2)")]
    [InlineData("auto(0)")]
    [InlineData("int(3)")]
    [InlineData("Fixed(2)")]
    [InlineData("fixed(2) ")]
    [InlineData("percent(1)")]
    public void What_is_no_format_is_refused(string text) => Assert.Null(NumberFormat.Read(text));

    [Fact]
    public void A_trimmed_number_reads_back_as_the_rounded_one() =>
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Int[0, 9]).Sample((number, digits) =>
        {
            decimal rounded = decimal.Round((decimal)number, digits, MidpointRounding.AwayFromZero);
            string text = new NumberFormat(FormatKind.Trim, digits).Print((decimal)number, 0);
            return decimal.Parse(text, CultureInfo.InvariantCulture) == rounded && !text.Contains('E', StringComparison.Ordinal) && !(text.Contains('.', StringComparison.Ordinal) && text.EndsWith('0'));
        });

    [Fact]
    public void An_automatic_column_has_one_number_of_decimals() =>
        Gen.Int[0, 10_000_000].Select(n => n / 1000m).Array[1, 20].Sample(numbers =>
        {
            int decimals = NumberFormat.Default.ColumnDecimals(numbers);
            return numbers.Select(n => NumberFormat.Default.Print(n, decimals)).All(t => (t.Contains('.', StringComparison.Ordinal) ? t.Length - t.IndexOf('.', StringComparison.Ordinal) - 1 : 0) == decimals);
        });
}
