using Fleetmark.Contracts.Plans;
using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>Answers what is known for a place of a table.</summary>
internal interface IFactSource
{
    /// <summary>The fact for a source.</summary>
    /// <param name="source">What the column shows.</param>
    /// <param name="model">The row's model.</param>
    /// <param name="cell">The cell at the row's and column's coordinates; null when the plan has none or the column needs none.</param>
    Fact Find(ColumnSource source, PlanArtifact model, CellResult? cell);
}
