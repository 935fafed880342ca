using System.Globalization;

namespace Fleetmark.Models.Counts;

/// <summary>Counts as table cells, in integer arithmetic: a double would sometimes show the neighbouring digit.</summary>
public static class CountText
{
    /// <summary>A count in units of <paramref name="unit"/>, cut after <paramref name="decimals"/> decimals and filled up with <paramref name="zeros"/> zeros.</summary>
    /// <param name="count">The count, 0 or more.</param>
    /// <param name="unit">10⁶ or 10⁹, say; at least 1.</param>
    /// <param name="decimals">Decimals kept, 0 to 9.</param>
    /// <param name="zeros">Zeros appended, 0 or more.</param>
    /// <returns><c>1.370</c> for 1,370,153,216 in units of 10⁹ with 2 decimals and 1 zero.</returns>
    public static string Truncated(long count, long unit, int decimals, int zeros) => Format(count, unit, decimals, zeros, roundUp: 0);

    /// <summary>A count in units of <paramref name="unit"/>, rounded half up to <paramref name="decimals"/> decimals.</summary>
    public static string Rounded(long count, long unit, int decimals) => Format(count, unit, decimals, 0, roundUp: unit);

    private static string Format(long count, long unit, int decimals, int zeros, long roundUp)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(unit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(zeros);
        if (decimals is < 0 or > 9) throw new ArgumentOutOfRangeException(nameof(decimals), decimals, "0 to 9");
        Int128 power = 1;
        for (int i = 0; i < decimals; i++) power *= 10;
        Int128 steps = ((2 * power * count) + roundUp) / (2 * (Int128)unit);
        string whole = (steps / power).ToString(CultureInfo.InvariantCulture);
        if (decimals + zeros == 0) return whole;
        string fraction = decimals == 0 ? "" : (steps % power).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0');
        return $"{whole}.{fraction}{new string('0', zeros)}";
    }
}
