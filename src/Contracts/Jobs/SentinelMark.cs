namespace Fleetmark.Contracts.Jobs;

/// <summary>
/// What makes a cell an A/A sentinel: one of two that are measured in the same run on the same device and differ in their label alone, so that whatever sets them apart is the
/// measurement's own noise.
/// </summary>
[GenerateSerializer, Immutable, Alias(WireAliases.SentinelMark)]
public sealed record SentinelMark
{
    /// <summary>Label of the first side.</summary>
    public const string A = "a";

    /// <summary>Label of the second side.</summary>
    public const string B = "b";

    /// <summary><see cref="A"/> or <see cref="B"/>.</summary>
    [Id(0)] public required string Label { get; init; }

    /// <summary>UUID of the only device that measures it.</summary>
    [Id(1)] public required string Device { get; init; }
}
