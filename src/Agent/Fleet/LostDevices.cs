using System.Collections.Concurrent;

namespace Fleetmark.Agent.Fleet;

/// <summary>GPUs that do not answer any more, each with the driver's reason. They are offered again when they are back.</summary>
internal sealed class LostDevices
{
    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    /// <summary>Why the device cannot be used; null while it can.</summary>
    internal string? Reason(string uuid) => _reasons.GetValueOrDefault(uuid);

    /// <summary>The device is lost.</summary>
    /// <returns>False when that was known.</returns>
    internal bool Lose(string uuid, string reason) => _reasons.TryAdd(uuid, reason);

    /// <summary>The device answers.</summary>
    /// <returns>False when it was not lost.</returns>
    internal bool Return(string uuid) => _reasons.TryRemove(uuid, out _);
}
