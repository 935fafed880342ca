namespace Fleetmark.Contracts.Plans;

/// <summary>A device class in an <see cref="ExpansionView"/>.</summary>
/// <param name="Slug">Name in plans and tables.</param>
/// <param name="DisplayName">Name for people.</param>
/// <param name="Vendor"><c>cpu</c> or the GPU's vendor; <c>unknown</c> for a class that only the plan names.</param>
/// <param name="Offered">True when at least one device of the class is connected.</param>
public sealed record ExpansionDevice(string Slug, string DisplayName, string Vendor, bool Offered);
