namespace Fleetmark.Reporting.Layouts;

/// <summary>How a number is printed; see <see cref="NumberFormat"/>.</summary>
internal enum FormatKind
{
    Fixed,
    Trim,
    Trunc,
    Auto,
    Integer,
    Text,
    Printed,
}
