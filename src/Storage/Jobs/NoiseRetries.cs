namespace Fleetmark.Storage.Jobs;

/// <summary>Retries of a job for bad conditions.</summary>
/// <param name="Used">How many were used.</param>
/// <param name="Allowed">How many there may be.</param>
public sealed record NoiseRetries(short Used, short Allowed);
