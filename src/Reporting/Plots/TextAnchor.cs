namespace Fleetmark.Reporting.Plots;

/// <summary>Which part of a text stands at its anchor.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
