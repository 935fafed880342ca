namespace Fleetmark.Measurement.Regressions;

/// <summary>What a point was measured under, as far as a change of it explains a step. Equal texts mean equal conditions.</summary>
/// <param name="Driver">Version of the device's driver.</param>
/// <param name="Vbios">Version of the device's firmware.</param>
/// <param name="Cards">Ids of the cards whose effect the point is not corrected for, joined in their order; empty when it is corrected for all (<see cref="CardEffects"/>).</param>
public sealed record PointConditions(string Driver, string Vbios, string Cards)
{
    /// <summary>What changed, such as "driver 570 → 580, VBIOS 90.04 → 90.05"; empty when nothing did.</summary>
    /// <param name="before">The conditions before.</param>
    public string ChangeFrom(PointConditions before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return Changes.Join([("driver", before.Driver, Driver), ("VBIOS", before.Vbios, Vbios), ("card", before.Cards, Cards)]);
    }
}
