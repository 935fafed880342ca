using System.Text.Json;
using Fleetmark.Documents;

namespace Fleetmark.Agent.Nvml.Replay;

/// <summary>A replay file: JSON lines, of each device first one that says what it is, then one for every moment at which something changes.</summary>
internal sealed class ReplayFile
{
    private const string Key = "Agent:Nvml:Replay";

    private ReplayFile(IReadOnlyList<(ReplayedDevice Device, IReadOnlyList<ReplayedState> States)> devices) => Devices = devices;

    /// <summary>The devices in the order of the file, each with its lines in the order of launch and moment.</summary>
    internal IReadOnlyList<(ReplayedDevice Device, IReadOnlyList<ReplayedState> States)> Devices { get; }

    /// <summary>Reads it.</summary>
    /// <exception cref="ProblemException">The file cannot be read or is not what it should be.</exception>
    internal static ReplayFile Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("replay", Key, $"the file cannot be read: {e.Message}"));
        }

        var devices = new List<ReplayedDevice>();
        var states = new List<ReplayedState>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            try
            {
                if (IsDevice(lines[i])) devices.Add(JsonSerializer.Deserialize(lines[i], ReplayJson.Default.ReplayedDevice)!);
                else states.Add(JsonSerializer.Deserialize(lines[i], ReplayJson.Default.ReplayedState)!);
            }
            catch (JsonException e)
            {
                throw new ProblemException(new Problem("replay", Key, $"{path}:{i + 1}: {e.Message.Split('.')[0]}", "the page docs/agent.md shows what a replay file is"));
            }
        }

        return new ReplayFile([.. Checked(path, devices, states)]);
    }

    private static bool IsDevice(string line)
    {
        using var parsed = JsonDocument.Parse(line);
        return parsed.RootElement.ValueKind == JsonValueKind.Object && parsed.RootElement.TryGetProperty("uuid", out _);
    }

    private static IEnumerable<(ReplayedDevice Device, IReadOnlyList<ReplayedState> States)> Checked(string path, List<ReplayedDevice> devices, List<ReplayedState> states)
    {
        string? wrong = devices.Count == 0 ? "there is no device: its first line has a uuid"
            : devices.DistinctBy(device => device.Device).Count() < devices.Count ? "two devices have the same number"
            : devices.DistinctBy(device => device.Uuid, StringComparer.Ordinal).Count() < devices.Count ? "two devices have the same uuid"
            : states.Find(state => !devices.Exists(device => device.Device == state.Device)) is { } lost ? $"a line is of device {lost.Device}, which is not described"
            : devices.Exists(device => device.LockedClocks is not (null or ReplayedDevice.Denied or ReplayedDevice.NotSupported)) ? "lockedClocks is denied or not-supported"
            : states.Exists(state => state.FromLaunch < 1) ? "launches are counted from 1"
            : null;
        if (wrong is not null) throw new ProblemException(new Problem("replay", Key, $"{path}: {wrong}"));
        foreach (ReplayedDevice device in devices)
            yield return (device, [.. states.Where(state => state.Device == device.Device).OrderBy(state => state.FromLaunch).ThenBy(state => state.T)]);
    }
}
