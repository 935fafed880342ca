using System.Globalization;

namespace Fleetmark.Models.Counts;

/// <summary>Counts as table cells, in integer arithmetic: a double would sometimes show the neighbouring digit.</summary>
public static class CountText
{
    /// <summary>A count in units of <paramref name="unit"/>, rounded half up to <paramref name="decimals"/> decimals.</summary>
    /// <param name="count">The count, 0 or more.</param>
    /// <param name="unit">10⁶ or 10⁹, say; at least 1.</param>
    /// <param name="decimals">Decimals kept, 0 to 9.</param>
    /// <returns><c>1.37</c> for 1,370,153,216 in units of 10⁹ with 2 decimals.</returns>
    public static string Rounded(long count, long unit, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(unit, 1);
        if (decimals is < 0 or > 9) throw new ArgumentOutOfRangeException(nameof(decimals), decimals, "0 to 9");
        Int128 power = 1;
        for (int i = 0; i < decimals; i++) power *= 10;
        Int128 steps = ((2 * power * count) + unit) / (2 * (Int128)unit);
        string whole = (steps / power).ToString(CultureInfo.InvariantCulture);
        return decimals == 0 ? whole : $"{whole}.{(steps % power).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0')}";
    }
}
