using System.Text.Json.Serialization;

namespace Fleetmark.Agent.Calibration;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeviceCalibration))]
internal sealed partial class CalibrationJson : JsonSerializerContext;
