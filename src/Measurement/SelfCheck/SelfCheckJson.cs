using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.SelfCheck;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SelfCheckReport))]
internal sealed partial class SelfCheckJson : JsonSerializerContext;
