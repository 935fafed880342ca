namespace Fleetmark.Reporting.Layouts;

/// <summary>The second line of a Markdown table.</summary>
internal enum SeparatorKind
{
    /// <summary>Dashes over the whole width.</summary>
    Dashes,

    /// <summary><c>:--:</c> in each column.</summary>
    Centred,
}
