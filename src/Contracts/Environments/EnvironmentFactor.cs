namespace Fleetmark.Contracts.Environments;

/// <summary>One thing in which environments differ, whatever it changes in their details.</summary>
/// <param name="Key">Word for <c>--allow-differences</c>: lower-case letters, digits, hyphens; <c>option:NAME</c> for a provider option.</param>
/// <param name="Text">Word for people, such as <c>VBIOS</c>.</param>
public sealed record EnvironmentFactor(string Key, string Text);
