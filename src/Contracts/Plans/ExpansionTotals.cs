namespace Fleetmark.Contracts.Plans;

/// <summary>Counts of an <see cref="ExpansionView"/>.</summary>
/// <param name="Cells">Cells of the plan.</param>
/// <param name="Jobs">Jobs to be measured, those of A/A sentinels included.</param>
/// <param name="Withdrawn">Jobs withdrawn at once: one for each cell that cannot be measured.</param>
/// <param name="Sentinels">Jobs of A/A sentinels.</param>
public sealed record ExpansionTotals(int Cells, int Jobs, int Withdrawn, int Sentinels);
