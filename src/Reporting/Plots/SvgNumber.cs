using System.Globalization;

namespace Fleetmark.Reporting.Plots;

/// <summary>Coordinates in SVG: one decimal, no trailing zero, no negative zero.</summary>
internal static class SvgNumber
{
    internal static string Of(double value)
    {
        decimal rounded = decimal.Round((decimal)value, 1, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture);
    }
}
