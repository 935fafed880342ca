using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.Launches;

/// <summary>What a launch is for. The words travel in JSON; append only.</summary>
public enum LaunchKind
{
    /// <summary>Time per call.</summary>
    [JsonStringEnumMemberName("latency")]
    Latency = 0,
}
