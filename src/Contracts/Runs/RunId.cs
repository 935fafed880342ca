using System.Globalization;

namespace Fleetmark.Contracts.Runs;

/// <summary>Number of a run; also the key of its grain.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.RunId)]
public readonly record struct RunId([property: Id(0)] long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
