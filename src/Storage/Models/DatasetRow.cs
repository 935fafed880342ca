namespace Fleetmark.Storage.Models;

/// <summary>A registered accuracy dataset. Table <c>dataset</c>.</summary>
internal sealed class DatasetRow
{
    public int DatasetId { get; init; }

    public required string Slug { get; init; }

    public required byte[] Sha256 { get; init; }

    public int ItemCount { get; init; }

    public int ClassCount { get; init; }

    public string Detail { get; init; } = "{}";
}
