using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.Launches;

/// <summary>Number format a cell asks for (zh: 精度类型). The numbers are stored, the words travel in JSON; append only.</summary>
public enum Precision
{
    /// <summary>IEEE binary32.</summary>
    [JsonStringEnumMemberName("fp32")]
    Fp32 = 0,

    /// <summary>IEEE binary16.</summary>
    [JsonStringEnumMemberName("fp16")]
    Fp16 = 1,

    /// <summary>Eight-bit integers.</summary>
    [JsonStringEnumMemberName("int8")]
    Int8 = 2,
}
