using System.Globalization;
using System.Xml.Linq;

namespace Fleetmark.Reporting.Plots;

/// <summary>
/// Writes a picture as SVG: for a file with literal colours and its own ground, or for a page with class names and no size. Neither has scripts, styles in attributes
/// or references to anything outside.
/// </summary>
internal static class SvgWriter
{
    private const string Fonts = "system-ui,-apple-system,Segoe UI,Roboto,PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The picture; <paramref name="theme"/> is null for a page.</summary>
    internal static string Write(Drawing drawing, string name, string title, string description, PlotTheme? theme)
    {
        var root = new XElement(Svg + "svg");
        if (theme is not null) root.Add(new XAttribute("width", drawing.Width), new XAttribute("height", drawing.Height), new XAttribute("font-family", Fonts));
        root.Add(new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {drawing.Width} {drawing.Height}")), new XAttribute("font-size", 12), new XAttribute("role", "img"));
        if (theme is null) root.Add(new XAttribute("aria-labelledby", $"{name}-t {name}-d"));
        Add(root, new XElement(Svg + "title", theme is null ? new XAttribute("id", $"{name}-t") : null, title));
        Add(root, new XElement(Svg + "desc", theme is null ? new XAttribute("id", $"{name}-d") : null, description));
        Add(root, new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), Fill(PlotRole.Ground, theme)));
        foreach (DrawnPath path in drawing.Paths) Add(root, Path(path, theme));
        foreach (IGrouping<object, DrawnText> alike in drawing.Texts.GroupBy(t => (object)(t.Anchor, t.Role, t.Size, t.Bold))) Add(root, Texts([.. alike], theme));
        foreach (HitTarget target in drawing.Targets) Add(root, Target(target));
        root.Add("\n");
        return root.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement Path(DrawnPath path, PlotTheme? theme)
    {
        (PlotRole? stroke, PlotRole? fill, string width, string? dash) = path.Style;
        var element = new XElement(Svg + "path");
        if (theme is { } literal)
        {
            element.Add(new XAttribute("fill", fill is { } area ? PlotPalette.Literal(area, literal) : "none"));
            if (stroke is { } line) element.Add(new XAttribute("stroke", PlotPalette.Literal(line, literal)));
        }
        else
        {
            if (fill is null) element.Add(new XAttribute("fill", "none"));
            string?[] classes = [stroke is { } line ? PlotPalette.StrokeClass(line) : null, fill is { } area ? PlotPalette.FillClass(area) : null];
            element.Add(new XAttribute("class", string.Join(' ', classes.OfType<string>())));
        }

        if (stroke is not null && width != "1") element.Add(new XAttribute("stroke-width", width));
        if (dash is not null) element.Add(new XAttribute("stroke-dasharray", dash));
        if (stroke is PlotRole.Grid or PlotRole.Axis) element.Add(new XAttribute("shape-rendering", "crispEdges"));
        element.Add(new XAttribute("d", path.Data));
        return element;
    }

    private static XElement Texts(IReadOnlyList<DrawnText> alike, PlotTheme? theme)
    {
        DrawnText first = alike[0];
        var group = new XElement(Svg + "g", Fill(first.Role, theme));
        if (first.Anchor != TextAnchor.Start) group.Add(new XAttribute("text-anchor", first.Anchor == TextAnchor.Middle ? "middle" : "end"));
        if (first.Size != 12) group.Add(new XAttribute("font-size", first.Size));
        if (first.Bold) group.Add(new XAttribute("font-weight", 600));
        foreach (DrawnText text in alike)
        {
            (string x, string y) = (SvgNumber.Of(text.X), SvgNumber.Of(text.Y));
            XAttribute[] place = text.Upright ? [new("transform", $"translate({x} {y}) rotate(-90)")] : [new("x", x), new("y", y)];
            group.Add(new XElement(Svg + "text", place, text.Content));
        }

        return group;
    }

    private static XElement Target(HitTarget target) => new(
        Svg + "circle",
        new XAttribute("class", "hit"),
        new XAttribute("cx", SvgNumber.Of(target.X)),
        new XAttribute("cy", SvgNumber.Of(target.Y)),
        new XAttribute("r", 12),
        new XAttribute("fill", "none"),
        new XAttribute("pointer-events", "all"),
        new XElement(Svg + "title", target.Text));

    private static XAttribute Fill(PlotRole role, PlotTheme? theme) =>
        theme is { } literal ? new XAttribute("fill", PlotPalette.Literal(role, literal)) : new XAttribute("class", PlotPalette.FillClass(role));

    private static void Add(XElement root, XElement child) => root.Add("\n", child);
}
