using System.Globalization;
using System.Text.RegularExpressions;

namespace Fleetmark.Reporting.Layouts;

/// <summary>
/// How a column prints its numbers. All arithmetic is decimal and rounds halves away from zero: the binary formatter prints 0.125 as 0.12 and -0.0004 as -0.00.
/// </summary>
/// <param name="Kind">The rule.</param>
/// <param name="Digits">Decimals; for <see cref="FormatKind.Auto"/> significant digits.</param>
/// <param name="Zeros">Zeros appended by <see cref="FormatKind.Trunc"/>.</param>
internal sealed partial record NumberFormat(FormatKind Kind, int Digits = 0, int Zeros = 0)
{
    /// <summary>Most decimals <see cref="FormatKind.Auto"/> prints.</summary>
    private const int MostAutoDecimals = 5;

    /// <summary>The formats as layouts write them.</summary>
    internal static IReadOnlyList<string> Known { get; } = ["fixed(n)", "trim(n)", "trunc(n,z)", "auto(k)", "int", "text", "printed"];

    /// <summary>The default of a number column.</summary>
    internal static NumberFormat Default { get; } = new(FormatKind.Auto, 3);

    /// <summary>The format a text means; null when it means none.</summary>
    internal static NumberFormat? Read(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success) return null;
        int first = Argument(match.Groups["a"]);
        int second = Argument(match.Groups["b"]);
        return (match.Groups["name"].Value, first, second) switch
        {
            ("fixed", >= 0, < 0) => new NumberFormat(FormatKind.Fixed, first),
            ("trim", >= 0, < 0) => new NumberFormat(FormatKind.Trim, first),
            ("trunc", >= 0, >= 0) => new NumberFormat(FormatKind.Trunc, first, second),
            ("auto", > 0, < 0) => new NumberFormat(FormatKind.Auto, first),
            ("int", < 0, < 0) => new NumberFormat(FormatKind.Integer),
            ("text", < 0, < 0) => new NumberFormat(FormatKind.Text),
            ("printed", < 0, < 0) => new NumberFormat(FormatKind.Printed),
            _ => null,
        };
    }

    /// <summary>
    /// Decimals of the whole column: fixed by the format, or for <see cref="FormatKind.Auto"/> as many as show <see cref="Digits"/> significant digits of its smallest
    /// non-zero number, 0 to 5.
    /// </summary>
    internal int ColumnDecimals(IEnumerable<decimal> numbers)
    {
        if (Kind != FormatKind.Auto) return Kind is FormatKind.Integer ? 0 : Digits;
        decimal smallest = numbers.Select(Math.Abs).Where(n => n != 0).DefaultIfEmpty(0).Min();
        if (smallest == 0) return Math.Min(Digits - 1, MostAutoDecimals);
        int decimals = Digits - 1;
        for (decimal power = 1; smallest >= power * 10 && decimals > 0; power *= 10) decimals--;
        for (decimal power = 1; smallest < power && decimals < MostAutoDecimals; power /= 10) decimals++;
        return decimals;
    }

    /// <summary>The number as text, with <see cref="ColumnDecimals"/> decimals where the format leaves them to the column.</summary>
    internal string Print(decimal number, int columnDecimals) => Kind switch
    {
        FormatKind.Fixed or FormatKind.Auto or FormatKind.Integer => Fixed(Rounded(number, columnDecimals), columnDecimals),
        FormatKind.Trim => Shortest(Rounded(number, Digits)),
        FormatKind.Trunc => Fixed(Cut(number, Digits), Digits) + new string('0', Zeros),
        _ => Shortest(number),
    };

    /// <summary>The number with all its digits and no trailing zeros, never in exponent form.</summary>
    internal static string Shortest(decimal number) => Unsigned(number).ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>The format as a layout writes it.</summary>
    public override string ToString() => Kind switch
    {
        FormatKind.Fixed => string.Create(CultureInfo.InvariantCulture, $"fixed({Digits})"),
        FormatKind.Trim => string.Create(CultureInfo.InvariantCulture, $"trim({Digits})"),
        FormatKind.Trunc => string.Create(CultureInfo.InvariantCulture, $"trunc({Digits},{Zeros})"),
        FormatKind.Auto => string.Create(CultureInfo.InvariantCulture, $"auto({Digits})"),
        FormatKind.Integer => "int",
        FormatKind.Text => "text",
        _ => "printed",
    };

    private static string Fixed(decimal number, int decimals) => Unsigned(number).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static decimal Rounded(decimal number, int decimals) => decimal.Round(number, decimals, MidpointRounding.AwayFromZero);

    private static decimal Cut(decimal number, int decimals) => decimal.Round(number, decimals, MidpointRounding.ToZero);

    /// <summary>A decimal zero may carry a sign, and prints it.</summary>
    private static decimal Unsigned(decimal number) => number == 0 ? 0 : number;

    private static int Argument(Group group) => group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex(@"^(?<name>[a-z]+)(\((?<a>[0-9])(,(?<b>[0-9]))?\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
