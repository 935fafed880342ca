using System.Text.Json.Serialization;

namespace Fleetmark.Models.Descriptions;

/// <summary>How descriptions become JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelDescription))]
internal sealed partial class DescriptionJson : JsonSerializerContext;
