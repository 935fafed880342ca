using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Plans;

namespace Fleetmark.Storage.Tables;

/// <summary>The order a plan gives its models, devices, precisions, batches and clocks; what the plan does not name comes last.</summary>
internal sealed class PlanOrder(BenchmarkPlan plan)
{
    private readonly string[] _models = [.. plan.Models.Select(m => m.Name)];

    /// <summary>Place of a model.</summary>
    public int Model(string name) => Last(Array.FindIndex(_models, m => string.Equals(m, name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Place of a device class: that of the first device word that means it.</summary>
    public int Device(string slug)
    {
        var device = new Contracts.Fleet.DeviceClass { Slug = slug, Vendor = "", DisplayName = slug };
        return Last(plan.Sections().SelectMany(section => section.Devices).ToList().FindIndex(device.IsMeantBy));
    }

    /// <summary>Sort key of a cell.</summary>
    public (CellKind Kind, int Model, int Device, int Precision, int Batch, string Provider, string Flavour, int Clocks, int Concurrency) Of(Cell cell)
    {
        LatencySection section = plan.SectionOf(cell.Kind);
        return (cell.Kind, Model(cell.Model), Device(cell.DeviceClass), Last(section.Precisions.ToList().IndexOf(cell.Precision)),
            Last(section.Batches.ToList().IndexOf(cell.Batch)), cell.Provider, cell.Flavour,
            Last(section.Clocks.ToList().IndexOf(cell.Clocks)), Last(section.Concurrency.ToList().IndexOf(cell.Concurrency ?? 0)));
    }

    private static int Last(int index) => index < 0 ? int.MaxValue : index;
}
