using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;

namespace Fleetmark.Reporting.Plots;

/// <summary>A logarithmic axis whose ticks are given.</summary>
internal sealed class TickedLogAxis : LogarithmicAxis
{
    private readonly double[] _ticks;

    internal TickedLogAxis(AxisPosition position, string key, double low, double high, IEnumerable<double> ticks)
    {
        _ticks = [.. ticks];
        Position = position;
        Key = key;
        Minimum = low;
        Maximum = high;
        AxislineStyle = LineStyle.Solid;
        AxislineColor = PlotPalette.Signal(PlotRole.Axis);
        TicklineColor = PlotPalette.Signal(PlotRole.Axis);
        TextColor = PlotPalette.Signal(PlotRole.Label);
        MajorTickSize = 5;
        MinorTickSize = 0;
        LabelFormatter = value => ((decimal)value).ToString("0.#########", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override void GetTickValues(out IList<double> majorLabelValues, out IList<double> majorTickValues, out IList<double> minorTickValues)
    {
        majorLabelValues = _ticks;
        majorTickValues = _ticks;
        minorTickValues = [];
    }
}
