namespace Fleetmark.Reporting.Tables;

/// <summary>What kind of answer a place of a table has.</summary>
internal enum FactKind
{
    /// <summary>A number, perhaps with a reservation.</summary>
    Number,

    /// <summary>Words.</summary>
    Words,

    /// <summary>No number; the state says why.</summary>
    NoNumber,

    /// <summary>A good measurement, but too small for this statistic.</summary>
    NeedsSamples,

    /// <summary>The plan has no such cell.</summary>
    NotPlanned,

    /// <summary>The reference published nothing here.</summary>
    NotPublished,
}
