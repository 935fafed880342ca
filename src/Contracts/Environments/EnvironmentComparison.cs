namespace Fleetmark.Contracts.Environments;

/// <summary>Whether two results differ in nothing but what is compared.</summary>
/// <param name="Differences">What else they differ in, in a fixed order.</param>
public sealed record EnvironmentComparison(IReadOnlyList<EnvironmentFactor> Differences)
{
    /// <summary>True when the declared factor is the sole difference.</summary>
    public bool IsControlled => Differences.Count == 0;

    /// <summary>Such as <c>not controlled: differs in driver, VBIOS</c>; null for a controlled comparison.</summary>
    public string? Note => IsControlled ? null : $"not controlled: differs in {string.Join(", ", Differences.Select(d => d.Text))}";
}
