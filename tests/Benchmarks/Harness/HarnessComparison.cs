using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Benchmarks.Harness;

/// <summary>The harness over the C loop, model by model.</summary>
internal sealed record HarnessComparison(string Name, string Rival, string Machine, IReadOnlyList<ModelComparison> Models) : IJudged
{
    /// <inheritdoc/>
    public int ExitCode => Models.Max(model => model.Verdict) switch
    {
        SelfCheckVerdict.Passed => 0,
        SelfCheckVerdict.NotMeasurable => 4,
        _ => 3,
    };

    /// <summary>A table for people.</summary>
    public override string ToString() => $"{Name}: time of a call over {Rival}\n{Machine}\n{string.Join('\n', Models)}";
}
