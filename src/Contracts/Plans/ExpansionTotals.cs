namespace Fleetmark.Contracts.Plans;

/// <summary>Counts of an <see cref="ExpansionView"/>.</summary>
/// <param name="Cells">Cells.</param>
/// <param name="Jobs">Jobs to be measured.</param>
/// <param name="Withdrawn">Jobs withdrawn at once: one for each cell that cannot be measured.</param>
public sealed record ExpansionTotals(int Cells, int Jobs, int Withdrawn);
