using System.Text.Json.Serialization;

namespace Fleetmark.Agent.Models;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ConversionRecord))]
[JsonSerializable(typeof(InspectedModel))]
internal sealed partial class ModelRecordJson : JsonSerializerContext;
