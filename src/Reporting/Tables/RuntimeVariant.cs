using Fleetmark.Contracts.Jobs;

namespace Fleetmark.Reporting.Tables;

/// <summary>What one device class may be measured with in several ways.</summary>
/// <param name="Provider">Execution provider.</param>
/// <param name="Flavour">Runtime.</param>
internal sealed record RuntimeVariant(string Provider, string Flavour)
{
    /// <summary>The variant of a cell.</summary>
    internal static RuntimeVariant Of(Cell cell) => new(cell.Provider, cell.Flavour);

    /// <summary>Its name among others: the runtime alone where all have the same provider.</summary>
    internal string Among(IEnumerable<RuntimeVariant> all) => all.All(other => other.Provider == Provider) ? Flavour : $"{Provider} · {Flavour}";
}
