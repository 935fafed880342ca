namespace Fleetmark.Silo.Sessions;

/// <summary>A device of a connected agent.</summary>
/// <param name="DeviceId">Its row.</param>
/// <param name="Uuid">UUID of the hardware.</param>
/// <param name="DeviceClass">Slug of its class: the pool it belongs to.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="MemoryMebibytes">Its memory; null where unknown.</param>
internal sealed record SessionDevice(int DeviceId, string Uuid, string DeviceClass, IReadOnlyList<string> Capabilities, int? MemoryMebibytes);
