namespace Fleetmark.Reporting.Plots;

/// <summary>Colours of a stand-alone picture.</summary>
internal enum PlotTheme
{
    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}
