using System.Text.Json.Serialization;

namespace Fleetmark.Contracts.Plans;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ExpansionView))]
internal sealed partial class ExpansionJson : JsonSerializerContext;
