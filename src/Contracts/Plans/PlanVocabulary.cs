namespace Fleetmark.Contracts.Plans;

/// <summary>Names that exist outside a plan and that it may use; a mistyped one is then found while reading, with its place. A null list is not checked.</summary>
public sealed record PlanVocabulary
{
    /// <summary>Table layouts.</summary>
    public IReadOnlyCollection<string>? Layouts { get; init; }

    /// <summary>Sets of published values.</summary>
    public IReadOnlyCollection<string>? References { get; init; }
}
