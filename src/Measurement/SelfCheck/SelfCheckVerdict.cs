using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.SelfCheck;

/// <summary>How a self-check came out; a later word is worse.</summary>
public enum SelfCheckVerdict
{
    /// <summary>All of the interval is inside the limit, nothing was allocated or collected.</summary>
    [JsonStringEnumMemberName("passed")]
    Passed,

    /// <summary>The machine does not let one see it: control against control is not 1, or the interval holds the limit.</summary>
    [JsonStringEnumMemberName("not-measurable")]
    NotMeasurable,

    /// <summary>All of the interval is beyond the limit, or something was allocated or collected.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
