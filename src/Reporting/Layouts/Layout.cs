namespace Fleetmark.Reporting.Layouts;

/// <summary>A named way to show a run: one kind of table, or an ordered list of them.</summary>
/// <param name="Name">Name in plans and on the command line.</param>
internal abstract record Layout(string Name);
