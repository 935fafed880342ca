namespace Fleetmark.Storage.Results;

/// <summary>A series of a launch as the sample codec wrote it. Insert-only. Table <c>sample_block</c>.</summary>
internal sealed class SampleBlockRow
{
    public long JobId { get; init; }

    public int AttemptNo { get; init; }

    public short LaunchNo { get; init; }

    public short Series { get; init; }

    public short Codec { get; init; }

    public int Count { get; init; }

    public required byte[] Body { get; init; }
}
