using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Reporting.Tables;

/// <summary>What one device class may be measured with in several ways.</summary>
/// <param name="Provider">Execution provider.</param>
/// <param name="Flavour">Runtime.</param>
/// <param name="Clocks">Clock policy.</param>
internal sealed record RuntimeVariant(string Provider, string Flavour, ClockPolicy Clocks)
{
    /// <summary>The variant of a cell.</summary>
    internal static RuntimeVariant Of(Cell cell) => new(cell.Provider, cell.Flavour, cell.Clocks);

    /// <summary>Part of addresses and file names.</summary>
    internal string Slug => Clocks.IsFree ? $"{Provider}-{Flavour}" : $"{Provider}-{Flavour}-{Clocks}";

    /// <summary>Its name among others: the runtime alone where all have the same provider; the clocks where any are locked.</summary>
    internal string Among(IReadOnlyCollection<RuntimeVariant> all) => WithClocks(all, all.All(other => other.Provider == Provider) ? Flavour : $"{Provider} · {Flavour}");

    /// <summary>Its whole name among others.</summary>
    internal string Name(IReadOnlyCollection<RuntimeVariant> all) => WithClocks(all, $"{Provider} · {Flavour}");

    private string WithClocks(IReadOnlyCollection<RuntimeVariant> all, string name) => all.All(other => other.Clocks.IsFree) ? name : $"{name} · {Clocks.Name}";
}
