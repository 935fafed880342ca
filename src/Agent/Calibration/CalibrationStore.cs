using System.Collections.Concurrent;
using System.Text.Json;
using Fleetmark.Agent.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Calibration;

/// <summary>The newest calibration of each card, one file each in the data folder. One older than a week counts no more: cards age, and so do their fans.</summary>
internal sealed partial class CalibrationStore(IOptions<AgentOptions> options, TimeProvider clock, ILogger<CalibrationStore> log)
{
    /// <summary>How long a calibration counts.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, DeviceCalibration?> _known = new(StringComparer.Ordinal);

    /// <summary>The calibration that counts; null when the card has none, or none young enough.</summary>
    internal DeviceCalibration? Current(string uuid)
    {
        DeviceCalibration? newest = _known.GetOrAdd(uuid, Read);
        return newest is not null && clock.GetUtcNow() - newest.MeasuredAt < Life ? newest : null;
    }

    /// <summary>Keeps a calibration; when this returns it survives everything but the loss of the disk.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    internal void Save(string uuid, DeviceCalibration calibration)
    {
        Directory.CreateDirectory(options.Value.Calibrations());
        DurableFile.Write(PathOf(uuid), JsonSerializer.SerializeToUtf8Bytes(calibration, CalibrationJson.Default.DeviceCalibration));
        _known[uuid] = calibration;
    }

    private DeviceCalibration? Read(string uuid)
    {
        string path = PathOf(uuid);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CalibrationJson.Default.DeviceCalibration);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(path, e.Message);
            return null;
        }
    }

    private string PathOf(string uuid) => Path.Combine(options.Value.Calibrations(), uuid + ".json");

    [LoggerMessage(5900, LogLevel.Warning, "Calibration {Path} cannot be read and is made again: {Reason}")]
    private partial void LogUnreadable(string path, string reason);
}
