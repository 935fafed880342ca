namespace Fleetmark.Measurement.Efforts;

/// <summary>How much time a plan spends on certainty (design: efforts quick, standard, publish). The numbers are stored; append only.</summary>
public enum Effort
{
    /// <summary>Up to three launches of about two seconds each; for a first look.</summary>
    Quick = 0,

    /// <summary>Five launches; for comparisons.</summary>
    Standard = 1,

    /// <summary>Ten launches; for figures that leave the house.</summary>
    Publish = 2,
}
