using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleetmark.Agent.Nvml.Replay;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(ReplayedDevice))]
[JsonSerializable(typeof(ReplayedState))]
internal sealed partial class ReplayJson : JsonSerializerContext;
