namespace Fleetmark.Reporting.Layouts;

/// <summary>The layout of a device class inside a series.</summary>
/// <param name="Device">Device word as in plans; null for every class.</param>
/// <param name="Table">Name of the layout.</param>
internal sealed record DeviceLayout(string? Device, string Table);
