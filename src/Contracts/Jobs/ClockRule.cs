namespace Fleetmark.Contracts.Jobs;

/// <summary>Who chooses the clock of a GPU while it is measured. The numbers are stored; append only.</summary>
public enum ClockRule
{
    /// <summary>The card itself, by heat and power.</summary>
    Free = 0,

    /// <summary>Locked to the clock applications are promised by default.</summary>
    Base = 1,

    /// <summary>Locked to the highest clock of the card.</summary>
    Maximum = 2,

    /// <summary>Locked to a clock that the plan names.</summary>
    Fixed = 3,
}
