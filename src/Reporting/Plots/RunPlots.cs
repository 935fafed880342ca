using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Tables;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Plots;

/// <summary>The plots of a run, in plan order. Only valid cells are drawn; what is left out is counted.</summary>
internal sealed class RunPlots(RunResults results, Language language)
{
    private readonly Texts _texts = Texts.In(language);
    private readonly Dictionary<string, PlanArtifact> _models = results.Models.ToDictionary(m => m.Name, StringComparer.Ordinal);

    internal static IReadOnlyList<Plot> Of(RunResults results, Language language) => [.. new RunPlots(results, language).All()];

    private IEnumerable<Plot> All()
    {
        foreach (DeviceClassFacts device in results.DeviceClasses)
        {
            IGrouping<(string Provider, string Flavour, ClockPolicy Clocks), CellResult>[] variants =
                [.. results.Cells.Where(c => c.Cell.Kind == CellKind.Latency && c.Cell.DeviceClass == device.Slug).GroupBy(c => (c.Cell.Provider, c.Cell.Flavour, c.Cell.Clocks))];
            bool areClocksLocked = variants.Any(variant => !variant.Key.Clocks.IsFree);
            foreach (IGrouping<(string Provider, string Flavour, ClockPolicy Clocks), CellResult> variant in variants)
            {
                string slug = variants.Length == 1 ? device.Slug : $"{device.Slug}-{variant.Key.Provider}-{variant.Key.Flavour}{(variant.Key.Clocks.IsFree ? "" : $"-{variant.Key.Clocks}")}";
                string name = UserText.OneLine(device.DisplayName) + (device.Simulated ? _texts.Simulated : "");
                if (variants.Length > 1) name = $"{name}, {variant.Key.Provider} {variant.Key.Flavour}";
                if (areClocksLocked) name = $"{name}, {variant.Key.Clocks.Name}";
                foreach (Plot plot in Of(slug, name, [.. variant])) yield return plot;
            }
        }
    }

    private IEnumerable<Plot> Of(string slug, string device, IReadOnlyList<CellResult> cells)
    {
        var flops = new LatencyScatter(_texts, _texts.LatencyByFlops, _texts.FlopsAxis, "paddleclas_2020", 1_000_000_000m);
        var parameters = new LatencyScatter(_texts, _texts.LatencyByParameters, _texts.ParametersAxis, "no_bias", 1_000_000m);
        if (cells.Select(c => c.Cell.Batch).Distinct().Count() > 1)
            yield return new BatchScaling(_texts).Draw(
                $"batch-scaling.{slug}", Where(device), _texts.PlotTitle(_texts.BatchScaling, device, results.RunId.ToString()), [.. results.Models.Select(m => m.Name)], [.. cells.Where(IsDrawn)]);
        bool measured = cells.Any(c => c.P50Us is not null);
        foreach (IGrouping<(Precision Precision, int Batch), CellResult> place in cells.GroupBy(c => (c.Cell.Precision, c.Cell.Batch)))
        {
            (PlanArtifact, CellResult)[] drawn = [.. place.Where(IsDrawn).Select(c => (_models[c.Cell.Model], c))];
            if (!measured) continue; // the tables say that the class was not there
            string where = $"{device}, {PrecisionName.Upper(place.Key.Precision)}, {_texts.Batch(place.Key.Batch)}";
            string file = FormattableString.Invariant($"{slug}.{PrecisionName.Lower(place.Key.Precision)}.b{place.Key.Batch}");
            yield return flops.Draw($"latency-flops.{file}", Where(where), _texts.PlotTitle(_texts.LatencyByFlops, where, results.RunId.ToString()), drawn, place.Count());
            yield return parameters.Draw($"latency-params.{file}", Where(where), _texts.PlotTitle(_texts.LatencyByParameters, where, results.RunId.ToString()), drawn, place.Count());
        }
    }

    private string Where(string device) => _texts.WhereInRun(device, results.RunId.ToString());

    private static bool IsDrawn(CellResult cell) => cell is { State: CellState.Valid, P50Us: > 0 };
}
