namespace Fleetmark.Measurement.Regressions;

/// <summary>What measured a point. A change of it does not explain a step: it is listed as its candidate cause.</summary>
/// <param name="Image">Digest of the worker's image, or its version.</param>
/// <param name="AgentCommit">Commit of the agent.</param>
public sealed record PointSoftware(string Image, string AgentCommit)
{
    /// <summary>What changed, such as "image a1 → b2"; empty when nothing did.</summary>
    /// <param name="before">The software before.</param>
    public string ChangeFrom(PointSoftware before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return Changes.Join([("image", before.Image, Image), ("agent", before.AgentCommit, AgentCommit)]);
    }
}
