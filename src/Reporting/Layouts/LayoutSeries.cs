namespace Fleetmark.Reporting.Layouts;

/// <summary>Several layouts under one name: first the tables of the run, then one table per device class.</summary>
/// <param name="Name">Name in plans and on the command line.</param>
/// <param name="Tables">Names of the layouts shown once.</param>
/// <param name="Devices">For each class of the run the first entry that means it names its layout.</param>
internal sealed record LayoutSeries(string Name, IReadOnlyList<string> Tables, IReadOnlyList<DeviceLayout> Devices) : Layout(Name);
