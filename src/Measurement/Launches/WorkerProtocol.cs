using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fleetmark.Measurement.Launches;

/// <summary>
/// The worker protocol, version 1 (<c>docs/worker-protocol.md</c>): limits, and lines to and from records. One request line on stdin, JSON lines on stdout. Times are
/// <c>CLOCK_MONOTONIC</c> nanoseconds as whole numbers; a fraction is a violation.
/// </summary>
public static class WorkerProtocol
{
    /// <summary>The version spoken here.</summary>
    public const int Version = 1;

    /// <summary>Longest line in bytes, without its line feed.</summary>
    public const int LineLimit = 1 << 20;

    /// <summary>Most bytes a worker may write to stdout.</summary>
    public const long OutputLimit = 64L << 20;

    /// <summary>Lines of log text that are kept.</summary>
    public const int LogLineLimit = 1000;

    /// <summary>Most values of <see cref="SamplesMessage.Values"/>.</summary>
    public const int PlainValueLimit = 100_000;

    /// <summary>Shortest time between two progress messages.</summary>
    public static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>A line that says a thing twice says nothing.</summary>
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    /// <summary>The line of a request: UTF-8 JSON and a line feed.</summary>
    public static byte[] Write(WorkerRequest request) => Line(request, WorkerProtocolJson.Default.WorkerRequest);

    /// <summary>The line of a message: UTF-8 JSON and a line feed.</summary>
    public static byte[] Write(WorkerMessage message) => Line(message, WorkerProtocolJson.Default.WorkerMessage);

    /// <summary>Reads a line of stdin: a request, or what is wrong with it.</summary>
    /// <param name="line">The line without its line feed.</param>
    public static RequestReading ReadRequest(ReadOnlyMemory<byte> line)
    {
        if (line.Length > LineLimit) return RequestReading.Refused($"the request has {line.Length} bytes, at most {LineLimit} are read");
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, NoDuplicates);
            if (TypeOf(document.RootElement) is not { } type) return RequestReading.Refused("the request has no 'type'");
            if (type != CancelRequest.Word && ProtocolOf(document.RootElement) is var version and not Version)
                return RequestReading.OtherProtocol($"protocol {version} is not spoken here, {Version} is");
            WorkerRequest? request = type switch
            {
                CapabilitiesRequest.Word => document.Deserialize(WorkerProtocolJson.Default.CapabilitiesRequest),
                LaunchRequest.Word => document.Deserialize(WorkerProtocolJson.Default.LaunchRequest),
                BuildRequest.Word => document.Deserialize(WorkerProtocolJson.Default.BuildRequest),
                ConvertRequest.Word => document.Deserialize(WorkerProtocolJson.Default.ConvertRequest),
                InspectRequest.Word => document.Deserialize(WorkerProtocolJson.Default.InspectRequest),
                SelfCheckRequest.Word => document.Deserialize(WorkerProtocolJson.Default.SelfCheckRequest),
                CancelRequest.Word => document.Deserialize(WorkerProtocolJson.Default.CancelRequest),
                _ => null,
            };
            return request is null ? RequestReading.Refused($"requests of type '{type}' are not known here") : RequestReading.Accepted(request);
        }
        catch (JsonException e)
        {
            return RequestReading.Refused($"the request is no such JSON: {Plain(e)}");
        }
    }

    /// <summary>Reads a line of stdout.</summary>
    /// <param name="line">The line without its line feed.</param>
    internal static WorkerLine ReadLine(ReadOnlyMemory<byte> line)
    {
        ReadOnlySpan<byte> bytes = line.Span;
        if (bytes.Length > LineLimit) return WorkerLine.Violation($"a line of more than {LineLimit} bytes", bytes);
        if (bytes.IsEmpty || bytes[0] != (byte)'{') return WorkerLine.LogText(Encoding.UTF8.GetString(bytes).TrimEnd('\r'));
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, NoDuplicates);
            if (TypeOf(document.RootElement) is not { } type) return WorkerLine.Violation("a message without 'type'", bytes);
            WorkerMessage? message = type switch
            {
                HelloMessage.Word => document.Deserialize(WorkerProtocolJson.Default.HelloMessage),
                CapabilitiesMessage.Word => document.Deserialize(WorkerProtocolJson.Default.CapabilitiesMessage),
                PhaseMessage.Word => document.Deserialize(WorkerProtocolJson.Default.PhaseMessage),
                ProgressMessage.Word => document.Deserialize(WorkerProtocolJson.Default.ProgressMessage),
                SamplesMessage.Word => document.Deserialize(WorkerProtocolJson.Default.SamplesMessage),
                ResultMessage.Word => document.Deserialize(WorkerProtocolJson.Default.ResultMessage),
                BuiltMessage.Word => document.Deserialize(WorkerProtocolJson.Default.BuiltMessage),
                InspectedMessage.Word => document.Deserialize(WorkerProtocolJson.Default.InspectedMessage),
                SelfCheckMessage.Word => document.Deserialize(WorkerProtocolJson.Default.SelfCheckMessage),
                ErrorMessage.Word => document.Deserialize(WorkerProtocolJson.Default.ErrorMessage),
                _ => null,
            };
            return message is null ? WorkerLine.UnknownType : WorkerLine.Read(message);
        }
        catch (JsonException e)
        {
            return WorkerLine.Violation($"an unreadable message ({Plain(e)})", bytes);
        }
    }

    private static byte[] Line<T>(T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(value);
        return [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];
    }

    private static string? TypeOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static int? ProtocolOf(JsonElement root) =>
        root.TryGetProperty("protocol", out JsonElement version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) ? number : null;

    private static string Plain(JsonException e) => e.Message.ReplaceLineEndings(" ");
}
