using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleetmark.Contracts.Jobs;

/// <summary>A clock policy in JSON is the word a plan writes.</summary>
internal sealed class ClockPolicyConverter : JsonConverter<ClockPolicy>
{
    public override ClockPolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ClockPolicy.Parse(reader.GetString()!) is { } policy ? policy : throw new JsonException("this is no clock policy");

    public override void Write(Utf8JsonWriter writer, ClockPolicy value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
