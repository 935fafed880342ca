using System.Globalization;
using OxyPlot;

namespace Fleetmark.Reporting.Plots;

/// <summary>
/// Colours by role. Plots are drawn in signal colours that name roles; only the finisher puts real colours, or class names for a page that has its own, in their place.
/// </summary>
internal static class PlotPalette
{
    private static readonly (string Light, string Dark, string StrokeClass, string FillClass)[] Roles =
    [
        ("#ffffff", "#0f151c", "bg", "bg"),
        ("#16202b", "#e8edf2", "ink", "ink"),
        ("#4b5866", "#a9b5c1", "ink2", "ink2"),
        ("#4b5866", "#a9b5c1", "ax", "ax"),
        ("#dbe0e6", "#2d3945", "gr", "gr"),
        ("#4b5866", "#a9b5c1", "idl", "idl"),
        ("#4b5866", "#a9b5c1", "lead", "lead"),
        ("#0072b2", "#56b4e9", "s1", "f1"),
        ("#c24e00", "#f0894a", "s2", "f2"),
        ("#8c17f7", "#f4f0c0", "s3", "f3"),
    ];

    /// <summary>The signal colour of a role in a plot model.</summary>
    internal static OxyColor Signal(PlotRole role) => OxyColor.FromRgb(1, 1, (byte)(role + 1));

    /// <summary>The role of a colour in exported SVG.</summary>
    /// <exception cref="InvalidOperationException">No role has this colour: something was drawn that nobody asked for.</exception>
    internal static PlotRole Of(string colour)
    {
        string[] parts = colour.StartsWith("rgb(1,1,", StringComparison.Ordinal) ? colour[8..].Split(')') : [];
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= Roles.Length)
            return (PlotRole)(number - 1);
        throw new InvalidOperationException($"the plot holds the colour {colour}, which belongs to no role");
    }

    internal static string Literal(PlotRole role, PlotTheme theme) => theme == PlotTheme.Light ? Roles[(int)role].Light : Roles[(int)role].Dark;

    internal static string StrokeClass(PlotRole role) => Roles[(int)role].StrokeClass;

    internal static string FillClass(PlotRole role) => Roles[(int)role].FillClass;
}
