using System.Globalization;

namespace Fleetmark.Contracts.Jobs;

/// <summary>Number of a job; rises with submission.</summary>
[GenerateSerializer, Immutable, Alias(WireAliases.JobId)]
public readonly record struct JobId([property: Id(0)] long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
