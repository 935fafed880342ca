using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>One table to make: a layout, and the part of the run it shows.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Key">Key of the table.</param>
/// <param name="Device">The class it is about; null for the whole run.</param>
/// <param name="Variant">What tells it from other tables of the class, such as <c>tensorrt · ort122-cuda12</c>, or what is special about it, such as <c>clocks base</c>; null when there is only an ordinary one.</param>
/// <param name="Cells">The cells it may show: those of the layout's kind.</param>
internal sealed record TableScope(TableLayout Layout, string Key, DeviceClassFacts? Device, string? Variant, IReadOnlyList<CellResult> Cells)
{
    /// <summary>The tables of a layout: one, or one per device class, or those of a series.</summary>
    internal static IReadOnlyList<TableScope> Of(Layout layout, RunResults results)
    {
        if (layout is TableLayout table) return Of(table, results, table.Device is null ? null : results.DeviceClasses.Where(c => IsMeant(table.Device, c.Slug)));
        var series = (LayoutSeries)layout;
        var scopes = new List<TableScope>();
        foreach (string name in series.Tables) scopes.AddRange(Of(TableLayouts.Find(name), results));
        foreach (DeviceClassFacts device in results.DeviceClasses)
            if (series.Devices.FirstOrDefault(d => d.Device is null || IsMeant(d.Device, device.Slug)) is { } entry)
                scopes.AddRange(Of((TableLayout)TableLayouts.Find(entry.Table), results, [device]));
        return scopes;
    }

    private static List<TableScope> Of(TableLayout layout, RunResults results, IEnumerable<DeviceClassFacts>? devices)
    {
        // A plan without such a section has no such table, rather than an empty one.
        if (results.Plan.SectionOf(layout.Cells).IsAbsent && layout.Columns.Any(c => c.Source.IsOfCell)) return [];
        CellResult[] cells = [.. results.Cells.Where(c => c.Cell.Kind == layout.Cells)];
        if (devices is null) return [new TableScope(layout, layout.Key, null, null, cells)];
        var scopes = new List<TableScope>();
        foreach (DeviceClassFacts device in devices)
        {
            string key = layout.Key.Replace("{device}", device.Slug, StringComparison.Ordinal);
            IGrouping<RuntimeVariant, CellResult>[] variants = [.. cells.Where(c => c.Cell.DeviceClass == device.Slug).GroupBy(c => RuntimeVariant.Of(c.Cell))];
            if (layout.Columns.Any(c => c.Runtimes)) scopes.Add(new TableScope(layout, key, device, null, [.. variants.SelectMany(v => v)]));
            else if (variants.Length == 0) scopes.Add(new TableScope(layout, key, device, null, []));
            else if (variants.Length == 1) scopes.Add(new TableScope(layout, key, device, variants[0].Key.Clocks is { IsFree: false } clocks ? clocks.Name : null, [.. variants[0]]));
            else
                scopes.AddRange(variants.Select(v => new TableScope(layout, $"{key}-{v.Key.Slug}", device, v.Key.Name([.. variants.Select(other => other.Key)]), [.. v])));
        }

        return scopes;
    }

    private static bool IsMeant(string word, string slug) =>
        word == TableLayout.EachDevice || slug == word || slug.StartsWith(word + "-", StringComparison.Ordinal);
}
