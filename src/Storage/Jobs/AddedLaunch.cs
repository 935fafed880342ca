namespace Fleetmark.Storage.Jobs;

/// <summary>A repetition that a cell gets beyond the planned ones.</summary>
/// <param name="CellId">Row of the cell.</param>
/// <param name="Repetition">Its number, from 0.</param>
/// <param name="OrderKey">Its place in the run's order.</param>
public sealed record AddedLaunch(int CellId, short Repetition, int OrderKey);
