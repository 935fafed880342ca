namespace Fleetmark.Contracts.Fleet;

/// <summary>What a device class is called.</summary>
/// <param name="Slug">Name in plans, tables and rows: <c>[a-z0-9][a-z0-9-]{0,62}</c>.</param>
/// <param name="DisplayName">Name for people, such as <c>Tesla T4</c> or <c>AMD EPYC (2 cores)</c>.</param>
public sealed record DeviceClassName(string Slug, string DisplayName);
