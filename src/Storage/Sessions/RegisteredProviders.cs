namespace Fleetmark.Storage.Sessions;

/// <summary>The providers of a runtime, as column <c>detail</c> of <c>device_flavour</c> holds them.</summary>
/// <param name="Providers">The providers.</param>
public sealed record RegisteredProviders(IReadOnlyList<RegisteredProvider> Providers);
