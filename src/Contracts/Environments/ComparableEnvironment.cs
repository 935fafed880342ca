using System.Text.Json.Nodes;

namespace Fleetmark.Contracts.Environments;

/// <summary>
/// The part of an environment's detail that decides whether two results may be compared: without what names one machine and without our own bookkeeping. A new build of the
/// agent splits no history; it is a candidate cause.
/// </summary>
public static class ComparableEnvironment
{
    /// <summary>What is left out: part and key.</summary>
    private static readonly (string Part, string Key)[] LeftOut =
    [
        ("device", "uuid"), ("device", "pciId"),
        ("host", "name"),
        ("software", "agentVersion"), ("software", "agentDotnet"), ("software", "imageDigest"), ("software", "workerVersion"), ("software", "cpus"),
        ("worker", "allowedCpus"),
    ];

    /// <summary>A copy of the detail without it.</summary>
    public static JsonObject Of(JsonObject detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var copy = (JsonObject)detail.DeepClone();
        foreach ((string part, string key) in LeftOut) (copy[part] as JsonObject)?.Remove(key);
        return copy;
    }
}
