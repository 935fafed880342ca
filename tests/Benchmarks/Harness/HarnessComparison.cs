namespace Fleetmark.Benchmarks.Harness;

/// <summary>The harness over the C loop, model by model.</summary>
internal sealed record HarnessComparison(string Name, string Rival, string Machine, IReadOnlyList<ModelComparison> Models)
{
    /// <summary>A table for people.</summary>
    public override string ToString() => $"{Name}: time of a call over {Rival}\n{Machine}\n{string.Join('\n', Models)}";
}
