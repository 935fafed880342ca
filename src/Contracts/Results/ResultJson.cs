using System.Text.Json.Serialization;

namespace Fleetmark.Contracts.Results;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AttemptResult))]
internal sealed partial class ResultJson : JsonSerializerContext;
