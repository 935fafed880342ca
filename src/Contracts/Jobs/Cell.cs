using System.Security.Cryptography;
using System.Text;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Jobs;

/// <summary>
/// A stable coordinate that runs measure again and again; one place in a table. Two cells are the same cell exactly when
/// <see cref="CoordinateSha256"/> agrees.
/// </summary>
[GenerateSerializer, Immutable, Alias(WireAliases.Cell)]
public sealed record Cell
{
    /// <summary>What is measured.</summary>
    [Id(0)] public required CellKind Kind { get; init; }

    /// <summary>Name of the model as the plan writes it.</summary>
    [Id(1)] public required string Model { get; init; }

    /// <summary>SHA-256 of the FP32 source file, 64 lower-case hexadecimal digits; precision is a coordinate of its own.</summary>
    [Id(2)] public required string ArtifactSha256 { get; init; }

    /// <summary>Slug of the device class, such as <c>t4</c> or <c>cpu-amd-epyc-2c</c>.</summary>
    [Id(3)] public required string DeviceClass { get; init; }

    /// <summary>Number format asked for.</summary>
    [Id(4)] public required Precision Precision { get; init; }

    /// <summary>Images per call, 1 to 65,536.</summary>
    [Id(5)] public required int Batch { get; init; }

    /// <summary>Height and width of the input in pixels.</summary>
    [Id(6)] public required int Crop { get; init; }

    /// <summary>Shorter side after resizing, before the crop, in pixels.</summary>
    [Id(7)] public required int ResizeShort { get; init; }

    /// <summary>Execution provider, such as <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>.</summary>
    [Id(8)] public required string Provider { get; init; }

    /// <summary>Runtime flavour, such as <c>ort131-cpu</c>.</summary>
    [Id(9)] public required string Flavour { get; init; }

    /// <summary>What one sample covers.</summary>
    [Id(10)] public required Scope Scope { get; init; }

    /// <summary>Provider options that differ from the protocol's own, by name in ordinal order; empty for most cells.</summary>
    [Id(11)] public IReadOnlyList<KeyValuePair<string, string>> Options { get; init; } = [];

    /// <summary>Set for an A/A sentinel, which stands in no table; null for a cell of the plan.</summary>
    [Id(12)] public SentinelMark? Sentinel { get; init; }

    /// <summary>Closed loops that call at once, 1 to 256; null for a cell that measures no throughput.</summary>
    [Id(13)] public int? Concurrency { get; init; }

    /// <summary>Clock of the GPU while it is measured.</summary>
    [Id(14)] public ClockPolicy Clocks { get; init; }

    /// <summary>
    /// Identity of the coordinate: SHA-256 of its canonical JSON (keys in ordinal order, no spaces, strings in NFC, defaults left out, a leading version
    /// field <c>v</c>), 32 bytes. The bytes are pinned by a test: changing them splits every history.
    /// </summary>
    public byte[] CoordinateSha256() => SHA256.HashData(Encoding.UTF8.GetBytes(CellCoordinate.CanonicalJson(this)));

    /// <inheritdoc/>
    public bool Equals(Cell? other) => other is not null && CellCoordinate.CanonicalJson(this) == CellCoordinate.CanonicalJson(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(CellCoordinate.CanonicalJson(this), StringComparison.Ordinal);
}
