namespace Fleetmark.Models.Precision;

/// <summary>How an operator takes part in a conversion to FP16.</summary>
internal enum OperatorUse
{
    /// <summary>Computes in FP16.</summary>
    Half,

    /// <summary>Stays in FP32 with Casts around it.</summary>
    Single,

    /// <summary>Looks at a tensor without computing with its values; takes whatever format there is.</summary>
    Either,
}
