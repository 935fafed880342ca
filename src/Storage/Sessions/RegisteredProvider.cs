namespace Fleetmark.Storage.Sessions;

/// <summary>An execution provider that was tried on a device.</summary>
/// <param name="Provider">Its name; empty when the runtime did not say which it has.</param>
/// <param name="State"><c>ok</c>, or why it does not work.</param>
/// <param name="Reason">One line for people; empty for what works.</param>
public sealed record RegisteredProvider(string Provider, string State, string Reason);
