using System.Text.Json;

namespace Fleetmark.Contracts.Results;

/// <summary>What a runtime makes of the model that was measured, found out by an untimed look of its own: the proof behind <see cref="LaunchReport.PrecisionEffective"/>.</summary>
public sealed record InspectionReport
{
    /// <summary>SHA-256 of the file that ran, 64 lower-case hexadecimal digits.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>Version of the conversion that made the file.</summary>
    public required int Converter { get; init; }

    /// <summary>What it is computed in, such as <c>fp16(graph)</c>; null when the graph proves nothing.</summary>
    public string? PrecisionEffective { get; init; }

    /// <summary>SHA-256 of the graph as it ran, 32 bytes.</summary>
    public required byte[] GraphSha256 { get; init; }

    /// <summary>Everything: the graph, the conversion, the comparison with the source, the nodes that had to stay in FP32 and why.</summary>
    public required JsonElement Detail { get; init; }
}
