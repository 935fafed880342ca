using System.Collections.Concurrent;

namespace Fleetmark.Agent.Fleet;

/// <summary>The options each runtime said a plan may set, by device: a launch with another one is refused before anything is measured, also where the worker would ignore it.</summary>
internal sealed class OptionKeys
{
    private readonly ConcurrentDictionary<(string Runtime, string Device), IReadOnlyList<string>> _known = new();

    /// <summary>What a runtime said on a device.</summary>
    internal void Note(Runtime runtime, Device device, IReadOnlyList<string> keys) => _known[(runtime.Name, device.Uuid)] = keys;

    /// <summary>Why a launch with these options must not be; null when it may, or when the runtime never said.</summary>
    internal string? Refusal(Runtime runtime, Device device, IEnumerable<string> options)
    {
        if (!_known.TryGetValue((runtime.Name, device.Uuid), out IReadOnlyList<string>? keys)) return null;
        return options.FirstOrDefault(option => !keys.Contains(option, StringComparer.Ordinal)) is { } unknown
            ? $"unsupported: runtime '{runtime.Name}' has no option '{unknown}'; {(keys.Count == 0 ? "it has none" : $"it has {string.Join(", ", keys.Order(StringComparer.Ordinal))}")}"
            : null;
    }
}
