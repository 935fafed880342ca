using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleetmark.Agent.Fleet;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Jobs;

/// <summary>
/// The fingerprint of what surrounds a launch: canonical JSON, hashed twice. Once whole, so that equal surroundings are one row; once without what merely names this
/// machine or this build of ours, so that two results can be told to be comparable.
/// </summary>
internal sealed class EnvironmentReporting(HostFacts host)
{
    private const int FormatVersion = 1;
    /// <summary>Options that repeat the cell's shape: they are no part of what surrounds a launch.</summary>
    private const string CellShape = "free_dimension.";

    private const string Unknown = "n/a";

    /// <summary>Parts of the detail that identify without deciding anything: folder and key.</summary>
    private static readonly (string Part, string Key)[] Identity =
        [("device", "uuid"), ("host", "name"), ("software", "cpus"), ("software", "agentVersion"), ("software", "workerVersion"), ("worker", "allowedCpus")];

    /// <summary>Version of the agent, with the commit where the build knows it.</summary>
    internal static string AgentVersion { get; } =
        typeof(EnvironmentReporting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? Unknown;

    /// <summary>Describes the surroundings of one launch.</summary>
    /// <param name="plan">What was asked.</param>
    /// <param name="device">Where it ran.</param>
    /// <param name="hello">The worker's introduction; null when it never came.</param>
    /// <param name="result">The worker's result; null when there is none.</param>
    internal EnvironmentReport Describe(LaunchPlan plan, Device device, HelloMessage? hello, ResultMessage? result)
    {
        JsonObject hostFacts = host.Read();
        hostFacts["name"] = Environment.MachineName;
        var detail = new JsonObject
        {
            ["v"] = FormatVersion,
            ["device"] = new JsonObject { ["uuid"] = device.Uuid, ["vendor"] = device.Vendor, ["name"] = device.Name },
            ["host"] = hostFacts,
            ["software"] = Software(plan, device, hello, result),
            ["worker"] = result?.Environment is { } own ? JsonNode.Parse(own.GetRawText()) : null,
        };
        byte[] whole = CanonicalJson.Bytes(detail);
        var comparable = (JsonObject)detail.DeepClone();
        foreach ((string part, string key) in Identity) (comparable[part] as JsonObject)?.Remove(key);
        return new EnvironmentReport
        {
            Fingerprint = SHA256.HashData(whole),
            Comparable = SHA256.HashData(CanonicalJson.Bytes(comparable)),
            Flavour = plan.Wire.Flavour,
            Runtime = hello?.Runtime ?? Unknown,
            RuntimeVersion = hello?.RuntimeVersion ?? Unknown,
            AgentVersion = AgentVersion,
            Detail = JsonElement.Parse(whole),
        };
    }

    private static JsonObject Software(LaunchPlan plan, Device device, HelloMessage? hello, ResultMessage? result)
    {
        var options = new JsonObject();
        foreach ((string key, string value) in result?.Effective?.Options ?? new Dictionary<string, string>(plan.Wire.Options, StringComparer.Ordinal))
            if (!key.StartsWith(CellShape, StringComparison.Ordinal)) options[key] = value;
        return new JsonObject
        {
            ["flavour"] = plan.Wire.Flavour,
            ["runtime"] = hello?.Runtime,
            ["runtimeVersion"] = hello?.RuntimeVersion,
            ["worker"] = hello?.Worker,
            ["workerVersion"] = hello?.Version,
            ["protocol"] = hello?.Protocol,
            ["provider"] = plan.Wire.Provider,
            ["options"] = options,
            ["threads"] = result?.Effective?.Threads ?? device.Cpus.Count,
            ["cpus"] = new JsonArray([.. device.Cpus.Select(core => (JsonNode)core)]),
            ["agentVersion"] = AgentVersion,
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
        };
    }
}
