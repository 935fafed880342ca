namespace Fleetmark.Reporting.Layouts;

/// <summary>What a row of a table is.</summary>
internal enum RowKind
{
    /// <summary>A model, in plan order.</summary>
    Model,

    /// <summary>A cell of the run, in plan order.</summary>
    Cell,
}
