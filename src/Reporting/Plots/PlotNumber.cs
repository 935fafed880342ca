using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Plots;

/// <summary>Numbers in words around a plot.</summary>
internal static class PlotNumber
{
    private static readonly NumberFormat FourDigits = new(FormatKind.Auto, 4);

    /// <summary>Milliseconds with four significant digits.</summary>
    internal static string Milliseconds(double ms) => FourDigits.Print((decimal)ms, FourDigits.ColumnDecimals([(decimal)ms]));
}
