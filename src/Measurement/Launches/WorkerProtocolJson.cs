using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.Launches;

// The generator passes the type's default for an absent init-only property and drops the initialiser: a property with another default repairs it in its accessor.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(WorkerMessage))]
internal sealed partial class WorkerProtocolJson : JsonSerializerContext;
