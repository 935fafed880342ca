using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Nvml;
using Fleetmark.Contracts.Environments;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Jobs;

/// <summary>
/// The fingerprint of what surrounds a launch: canonical JSON, hashed twice. Once whole, so that equal surroundings are one row; once without what merely names this
/// machine or this build of ours, so that two results can be told to be comparable.
/// </summary>
internal sealed class EnvironmentReporting(HostFacts host, DeviceFacts devices, IOptions<AgentOptions> options)
{
    private const int FormatVersion = 1;
    /// <summary>Begins of options that repeat the cell's shape: they are no part of what surrounds a launch.</summary>
    private static readonly string[] CellShape = ["free_dimension.", "trt_profile_"];

    private const string Unknown = "n/a";

    /// <summary>Version of the agent, with the commit where the build knows it.</summary>
    internal static string AgentVersion { get; } =
        typeof(EnvironmentReporting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? Unknown;

    /// <summary>Describes the surroundings of one launch.</summary>
    /// <param name="plan">What was asked.</param>
    /// <param name="device">Where it ran.</param>
    /// <param name="hello">The worker's introduction; null when it never came.</param>
    /// <param name="result">The worker's result; null when there is none.</param>
    /// <param name="link">The device's link while it worked.</param>
    internal EnvironmentReport Describe(LaunchPlan plan, Device device, HelloMessage? hello, ResultMessage? result, PcieLink link)
    {
        JsonElement? own = result?.Environment;
        JsonObject hostFacts = host.Read();
        hostFacts["name"] = Environment.MachineName;
        var detail = new JsonObject
        {
            ["v"] = FormatVersion,
            ["device"] = DeviceOf(plan, device, link),
            ["host"] = hostFacts,
            ["software"] = Software(plan, device, hello, result),
            ["worker"] = own is { } told ? JsonNode.Parse(told.GetRawText()) : null,
        };
        byte[] whole = CanonicalJson.Bytes(detail);
        return new EnvironmentReport
        {
            Fingerprint = SHA256.HashData(whole),
            Comparable = SHA256.HashData(CanonicalJson.Bytes(ComparableEnvironment.Of(detail))),
            Flavour = plan.Wire.Flavour,
            Runtime = hello?.Runtime ?? Unknown,
            RuntimeVersion = hello?.RuntimeVersion ?? Unknown,
            AgentVersion = AgentVersion,
            Driver = devices.Driver(device),
            Cuda = Word(own, "cuda"),
            Cudnn = Word(own, "cudnn"),
            Tensorrt = Word(own, "tensorrt"),
            ImageDigest = options.Value.ImageDigest,
            Detail = JsonElement.Parse(whole),
        };
    }

    /// <summary>A card that chooses its clocks is described as before there were policies, so that its history goes on.</summary>
    private JsonObject DeviceOf(LaunchPlan plan, Device device, PcieLink link)
    {
        JsonObject facts = devices.Read(device, link);
        if (plan.Clocks.IsFree) return facts;
        facts["clockPolicy"] = plan.Clocks.ToString();
        facts["lockedSmClockMhz"] = plan.LockedClockMhz;
        return facts;
    }

    /// <summary>A text of the worker's own report; it may report anything.</summary>
    private static string? Word(JsonElement? own, string key) =>
        own is { ValueKind: JsonValueKind.Object } told && told.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private JsonObject Software(LaunchPlan plan, Device device, HelloMessage? hello, ResultMessage? result)
    {
        var effective = new JsonObject();
        foreach ((string key, string value) in result?.Effective?.Options ?? new Dictionary<string, string>(plan.Wire.Options, StringComparer.Ordinal))
            if (!CellShape.Any(begin => key.StartsWith(begin, StringComparison.Ordinal))) effective[key] = value;
        return new JsonObject
        {
            ["flavour"] = plan.Wire.Flavour,
            ["runtime"] = hello?.Runtime,
            ["runtimeVersion"] = hello?.RuntimeVersion,
            ["worker"] = hello?.Worker,
            ["workerVersion"] = hello?.Version,
            ["protocol"] = hello?.Protocol,
            ["provider"] = plan.Wire.Provider,
            ["options"] = effective,
            ["threads"] = result?.Effective?.Threads ?? device.Cpus.Count,
            ["cpus"] = new JsonArray([.. device.Cpus.Select(core => (JsonNode)core)]),
            ["agentVersion"] = AgentVersion,
            ["agentDotnet"] = RuntimeInformation.FrameworkDescription,
            ["imageDigest"] = options.Value.ImageDigest,
        };
    }
}
