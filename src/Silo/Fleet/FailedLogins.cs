using System.Collections.Concurrent;
using Grpc.Core;

namespace Fleetmark.Silo.Fleet;

/// <summary>Counts tokens and credentials that were wrong, by the address they came from: ten within a minute, and the address is refused for one.</summary>
internal sealed partial class FailedLogins(TimeProvider clock, ILogger<FailedLogins> log)
{
    private const int Most = 10;
    private const int MostAddresses = 100_000;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    /// <summary>Refuses an address that guessed too often.</summary>
    /// <exception cref="RpcException">It has to wait.</exception>
    internal void ThrowIfTooMany(string address)
    {
        if (!_failures.TryGetValue(address, out Failures? failures) || failures.Count < Most) return;
        if (clock.GetElapsedTime(failures.LastAt) < Within) throw new RpcException(new Status(StatusCode.ResourceExhausted, "too many wrong credentials from this address; try again in a minute"));
        _failures.TryRemove(address, out _);
    }

    /// <summary>Notes that a secret from this address was wrong.</summary>
    internal void Failed(string address)
    {
        // Whoever has so many addresses is not stopped by a list of them.
        if (_failures.Count >= MostAddresses) _failures.Clear();
        long now = clock.GetTimestamp();
        Failures after = _failures.AddOrUpdate(
            address,
            _ => new Failures(1, now, now),
            (_, before) => clock.GetElapsedTime(before.FirstAt, now) < Within ? before with { Count = before.Count + 1, LastAt = now } : new Failures(1, now, now));
        if (after.Count == Most) LogTooMany(address, Most);
    }

    private sealed record Failures(int Count, long FirstAt, long LastAt);

    [LoggerMessage(3201, LogLevel.Warning, "{Address} offered {Count} wrong credentials within a minute and is refused for one")]
    private partial void LogTooMany(string address, int count);
}
