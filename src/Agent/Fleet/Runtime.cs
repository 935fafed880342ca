using Fleetmark.Agent.Workers;

namespace Fleetmark.Agent.Fleet;

/// <summary>A worker executable of this machine.</summary>
internal sealed record Runtime
{
    /// <summary>The flavour of its cells.</summary>
    internal required string Name { get; init; }

    /// <summary>How it is started.</summary>
    internal required WorkerCommand Command { get; init; }

    /// <summary>Vendors of the devices it is tried on.</summary>
    internal required IReadOnlyList<string> Devices { get; init; }

    /// <summary>SHA-256 the executable must have, hexadecimal; null when it is not checked.</summary>
    internal string? Sha256 { get; init; }

    /// <summary>Whether it writes the files of built-in models.</summary>
    internal bool BuildsModels { get; init; }
}
