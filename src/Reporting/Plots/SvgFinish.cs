using System.Globalization;
using System.Text;
using System.Xml.Linq;
using OxyPlot;

namespace Fleetmark.Reporting.Plots;

/// <summary>
/// Exports a plot model and turns the picture into roles: equal styles become one path, what cannot be seen goes, colours that belong to no role are refused. The
/// library draws its own failures into the picture; here they are thrown.
/// </summary>
internal static class SvgFinish
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The picture of a model. A model serves one call.</summary>
    /// <exception cref="InvalidOperationException">The model could not be drawn.</exception>
    internal static Drawing Export(PlotModel model, int width, int height)
    {
        model.Culture = CultureInfo.InvariantCulture;
        var exporter = new SvgExporter { Width = width, Height = height, IsDocument = false, UseVerticalTextAlignmentWorkaround = true };
        XElement root = XDocument.Parse(exporter.ExportToString(model)).Root!;
        if (model.GetLastPlotException() is { } failure) throw new InvalidOperationException("the plot could not be drawn", failure);
        var paths = new List<(PathStyle Style, StringBuilder Data)>();
        var texts = new List<DrawnText>();
        foreach (XElement element in root.Descendants().Where(e => !e.Ancestors(Svg + "clipPath").Any())) Take(element, paths, texts);
        return new Drawing { Width = width, Height = height, Paths = [.. paths.Select(p => new DrawnPath(p.Style, p.Data.ToString()))], Texts = texts };
    }

    private static void Take(XElement element, List<(PathStyle Style, StringBuilder Data)> paths, List<DrawnText> texts)
    {
        switch (element.Name.LocalName)
        {
            case "defs" or "clipPath" or "g":
                break;
            case "text":
                texts.Add(Text(element));
                break;
            case "polyline" or "polygon" or "ellipse" or "rect":
                if (Style(element) is not { } style) break;
                StringBuilder? data = paths.FirstOrDefault(p => p.Style == style).Data;
                if (data is null) paths.Add((style, data = new StringBuilder()));
                data.Append(Shape(element));
                break;
            default:
                throw new InvalidOperationException($"the plot holds <{element.Name.LocalName}>, which is not expected");
        }
    }

    /// <summary>The style of a shape; null when nothing of it can be seen.</summary>
    private static PathStyle? Style(XElement element)
    {
        Dictionary<string, string> style = element.Attribute("style")!.Value
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split(':'))
            .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        string width = style.GetValueOrDefault("stroke-width", "1");
        PlotRole? stroke = style.GetValueOrDefault("stroke", "none") is not "none" and var line && width != "0" ? PlotPalette.Of(line) : null;
        PlotRole? fill = style.GetValueOrDefault("fill", "none") is not "none" and var area ? PlotPalette.Of(area) : null;
        return stroke is null && fill is null ? null : new PathStyle(stroke, fill, width, style.GetValueOrDefault("stroke-dasharray"));
    }

    private static string Shape(XElement element) => element.Name.LocalName switch
    {
        "polyline" => Line(Points(element)),
        "polygon" => Line(Points(element)) + "Z",
        "rect" => Box(Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height")),
        _ => Circle(Number(element, "cx"), Number(element, "cy"), Number(element, "rx")),
    };

    /// <summary>Moves and lines; horizontal and vertical pieces in their short form.</summary>
    private static string Line((string X, string Y)[] points)
    {
        var data = new StringBuilder();
        data.Append('M').Append(points[0].X).Append(' ').Append(points[0].Y);
        for (int i = 1; i < points.Length; i++)
        {
            if (points[i].Y == points[i - 1].Y) data.Append('H').Append(points[i].X);
            else if (points[i].X == points[i - 1].X) data.Append('V').Append(points[i].Y);
            else data.Append('L').Append(points[i].X).Append(' ').Append(points[i].Y);
        }

        return data.ToString();
    }

    private static string Box(double x, double y, double width, double height) =>
        $"M{SvgNumber.Of(x)} {SvgNumber.Of(y)}h{SvgNumber.Of(width)}v{SvgNumber.Of(height)}h{SvgNumber.Of(-width)}Z";

    internal static string Circle(double x, double y, double radius)
    {
        string r = SvgNumber.Of(radius);
        return $"M{SvgNumber.Of(x - radius)} {SvgNumber.Of(y)}a{r} {r} 0 1 0 {SvgNumber.Of(2 * radius)} 0a{r} {r} 0 1 0 {SvgNumber.Of(-2 * radius)} 0Z";
    }

    private static DrawnText Text(XElement element)
    {
        string transform = element.Attribute("transform")!.Value;
        string[] at = transform["translate(".Length..^1].Split(',');
        TextAnchor anchor = element.Attribute("text-anchor")?.Value switch { "middle" => TextAnchor.Middle, "end" => TextAnchor.End, _ => TextAnchor.Start };
        PlotRole role = PlotPalette.Of(element.Attribute("fill")!.Value);
        return new DrawnText(element.Value, Parse(at[0]), Parse(at[1]), anchor, role, (int)Number(element, "font-size"));
    }

    private static (string X, string Y)[] Points(XElement element) =>
        [.. element.Attribute("points")!.Value.Split(' ').Select(p => p.Split(',')).Select(p => (SvgNumber.Of(Parse(p[0])), SvgNumber.Of(Parse(p[1]))))];

    private static double Number(XElement element, string name) => Parse(element.Attribute(name)!.Value);

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
