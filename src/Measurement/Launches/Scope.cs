using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.Launches;

/// <summary>What one sample covers. The numbers are stored, the words travel in JSON; append only.</summary>
public enum Scope
{
    /// <summary>Inputs and outputs stay in device memory; one sample is one run.</summary>
    [JsonStringEnumMemberName("device")]
    Device = 0,

    /// <summary>Copy in, run, copy out: what the published tables time.</summary>
    [JsonStringEnumMemberName("e2e")]
    EndToEnd = 1,

    /// <summary>A single kernel; stored for foreign runtimes that time one.</summary>
    [JsonStringEnumMemberName("kernel")]
    Kernel = 2,
}
