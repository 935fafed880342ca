using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.Launches;

/// <summary>What a launch is for. The words travel in JSON; append only.</summary>
public enum LaunchKind
{
    /// <summary>Time per call.</summary>
    [JsonStringEnumMemberName("latency")]
    Latency = 0,

    /// <summary>A long closed loop that shows what a card sustains; its samples are kept like those of a latency launch.</summary>
    [JsonStringEnumMemberName("soak")]
    Soak = 1,

    /// <summary>Completed calls of concurrent closed loops in a fixed window.</summary>
    [JsonStringEnumMemberName("throughput")]
    Throughput = 2,
}
