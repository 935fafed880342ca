using System.Text.Json.Serialization;
using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Agent.Harness;

/// <summary>A self-check as the agent keeps it.</summary>
/// <param name="WorkerSha256">Which worker was checked: <see cref="Fleet.RuntimeCatalog.Digest"/> of its runtime.</param>
/// <param name="Report">What came out.</param>
internal sealed record KeptSelfCheck(string WorkerSha256, SelfCheckReport Report);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeptSelfCheck))]
internal sealed partial class KeptSelfCheckJson : JsonSerializerContext;
