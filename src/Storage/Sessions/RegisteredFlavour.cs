using Fleetmark.Contracts.Fleet;

namespace Fleetmark.Storage.Sessions;

/// <summary>What came of trying a runtime on a device.</summary>
public sealed record RegisteredFlavour
{
    /// <summary>UUID of the device.</summary>
    public required string Uuid { get; init; }

    /// <summary>Runtime flavour.</summary>
    public required string Flavour { get; init; }

    /// <summary><c>ok</c> when something of it works, else the state of the first thing that does not.</summary>
    public required string State { get; init; }

    /// <summary>Each of its providers.</summary>
    public required RegisteredProviders Detail { get; init; }

    /// <summary>The runtimes of a device.</summary>
    public static IEnumerable<RegisteredFlavour> Of(string uuid, IEnumerable<RuntimeFinding> findings) => findings
        .GroupBy(finding => finding.Flavour, StringComparer.Ordinal)
        .Select(runtime => new RegisteredFlavour
        {
            Uuid = uuid,
            Flavour = runtime.Key,
            State = (runtime.FirstOrDefault(finding => finding.IsOk) ?? runtime.First()).State,
            Detail = new RegisteredProviders([.. runtime.Select(finding => new RegisteredProvider(finding.Provider, finding.State, finding.Reason))]),
        });
}
