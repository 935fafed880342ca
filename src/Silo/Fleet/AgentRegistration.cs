using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.SelfCheck;
using Fleetmark.Silo.Jobs;
using Fleetmark.Silo.Sessions;
using Fleetmark.Storage.Jobs;
using Fleetmark.Storage.Sessions;
using Grpc.Core;

namespace Fleetmark.Silo.Fleet;

/// <summary>
/// Lets an agent in: checks its credential and what it says of its machine, names the classes of its devices, stores both, and ends the attempts that
/// it no longer has.
/// </summary>
internal sealed partial class AgentRegistration(
    RegisterStatement register, ClusterIdentity identity, DispatchOptions options, RunHints hints, TimeProvider clock, ILogger<AgentRegistration> log)
{
    private const int MostDevices = 64;
    private const int MostLabels = 64;
    private const int MostWords = 256;
    private const int ResultWindow = 4;
    private const int MaximumTextLength = 200;
    private const double GreatestValue = 1e12;
    private const int MaximumSelfCheckLength = 8000;

    /// <summary>End of the year 9999.</summary>
    private const long LatestSecond = 253_402_300_799;

    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(5);

    /// <summary>Registers the agent and answers its Hello.</summary>
    /// <exception cref="RpcException">The credential is unknown, or the Hello says more than may be said.</exception>
    public async Task<AgentSession> RegisterAsync(string credential, Hello hello, CancellationToken cancel)
    {
        Validate(hello);
        RegisteredAgent agent = await register.ExecuteAsync(Request(credential, hello), cancel)
            ?? throw new RpcException(new Status(StatusCode.Unauthenticated, "the credential is not known, or a newer session of this agent exists"));
        foreach (EndedAttempt ended in agent.Ended)
        {
            LogEnded(ended.Key.JobId.Value, agent.AgentId);
            hints.WorkAvailable(ended.Pool, ended.RunId);
        }

        AgentSession session = Session(hello, agent);
        session.TrySend(new GatewayMessage { Welcome = Welcome(hello, agent, session) });
        return session;
    }

    private AgentSession Session(Hello hello, RegisteredAgent agent) => new(agent.AgentId, agent.Incarnation, hello.SessionEpoch, [.. hello.Devices.Select(d =>
        new SessionDevice(agent.DeviceIds[d.Uuid], d.Uuid, ClassOf(d).Slug, [.. d.Capabilities], Memory(d)))], clock);

    private Welcome Welcome(Hello hello, RegisteredAgent agent, AgentSession session)
    {
        var welcome = new Welcome
        {
            ClusterId = identity.ClusterId.ToString(),
            Protocol = AgentGateway.Protocol,
            Incarnation = agent.Incarnation,
            HeartbeatMs = (int)HeartbeatEvery.TotalMilliseconds,
            LeaseMs = (int)options.LeaseTime.TotalMilliseconds,
            ResultWindow = ResultWindow,
        };
        var open = agent.Open.ToDictionary(o => o.Key, o => o.DeviceId);
        foreach (AttemptRef held in hello.Held)
        {
            if (open.TryGetValue(AttemptKey.From(held), out int device)) session.Adopt(AttemptKey.From(held), device);
            else welcome.Stop.Add(held);
        }

        // Their leases are renewed too: a result may wait on the agent's disk for longer than a lease lives.
        foreach (AttemptKey spooled in hello.Spooled.Select(AttemptKey.From))
            if (open.TryGetValue(spooled, out int device)) session.Adopt(spooled, device);

        return welcome;
    }

    private static Registration Request(string credential, Hello hello) => new()
    {
        CredentialSha256 = SHA256.HashData(Encoding.UTF8.GetBytes(credential)),
        ProcessId = Guid.TryParse(hello.ProcessId, out Guid process) ? process : throw Refused("process_id is no UUID"),
        SessionEpoch = hello.SessionEpoch,
        Host = hello.Host,
        Version = hello.AgentVersion,
        Labels = [.. hello.Labels],
        SelfCheck = SelfCheck(hello),
        Devices = [.. hello.Devices.Select(Row)],
        Flavours = [.. hello.Devices.SelectMany(device => RegisteredFlavour.Of(device.Uuid, device.Runtimes.Select(Finding)))],
        Calibrations = [.. hello.Devices.Where(d => d.Calibration is not null).Select(Calibration)],
        Held = [.. hello.Held.Select(AttemptKey.From)],
        Spooled = [.. hello.Spooled.Select(AttemptKey.From)],
    };

    private static RegisteredDevice Row(DeviceOffer device)
    {
        DeviceClassName name = ClassOf(device);
        return new RegisteredDevice
        {
            Uuid = device.Uuid,
            Slug = name.Slug,
            Vendor = device.Vendor,
            DisplayName = name.DisplayName,
            ComputeCapability = device.ComputeCapability.Length > 0 ? device.ComputeCapability : null,
            Ordinal = (short)device.Ordinal,
            MemoryMib = Memory(device),
            Capabilities = [.. device.Capabilities],
            Simulated = device.Simulated,
        };
    }

    private static RuntimeFinding Finding(RuntimeState told) => new() { Flavour = told.Flavour, Provider = told.Provider, State = told.State, Reason = told.Reason };

    private static RegisteredCalibration Calibration(DeviceOffer device)
    {
        CardCalibration told = device.Calibration;
        return new RegisteredCalibration(
            device.Uuid, DateTimeOffset.FromUnixTimeSeconds(told.MeasuredAtUnixS), Told(told.SmClockMhz), told.P50Us, Told(told.PowerW), Told(told.TempC));
    }

    private static SelfCheckReport? SelfCheck(Hello hello)
    {
        if (hello.SelfCheck.Length == 0) return null;
        if (hello.SelfCheck.Length > MaximumSelfCheckLength) throw Refused($"a self-check of {hello.SelfCheck.Length} characters, at most {MaximumSelfCheckLength}");
        try
        {
            return SelfCheckReport.FromJson(hello.SelfCheck);
        }
        catch (JsonException e)
        {
            throw Refused($"self-check: {e.Message}");
        }
    }

    private static double? Told(double value) => value == 0 ? null : value;

    /// <summary>The silo, not the agent, names the class.</summary>
    private static DeviceClassName ClassOf(DeviceOffer device) =>
        DeviceClassNaming.Name(device.Vendor, device.Name, device.MemoryMib, device.Cores, device.ComputeCapability);

    private static int? Memory(DeviceOffer device) => device.MemoryMib > 0 ? device.MemoryMib : null;

    /// <summary>All input is hostile: what is longer or more than it may be is refused before it is stored.</summary>
    private static void Validate(Hello hello)
    {
        if (hello.Devices.Count > MostDevices) throw Refused($"{hello.Devices.Count} devices, at most {MostDevices}");
        if (hello.Devices.Select(d => d.Uuid).Distinct(StringComparer.Ordinal).Count() != hello.Devices.Count) throw Refused("a device is named twice");
        if (hello.Labels.Count > MostLabels || hello.Labels.Any(l => !Label().IsMatch(l))) throw Refused("labels: at most 64 of 64 characters [a-z0-9._=/-]");
        IEnumerable<string> texts =
        [
            hello.Host, hello.AgentVersion, .. hello.Devices.SelectMany(d => d.Capabilities.Append(d.Uuid).Append(d.Name).Append(d.Vendor)),
            .. hello.Devices.SelectMany(d => d.Runtimes).SelectMany(r => (string[])[r.Flavour, r.Provider, r.State, r.Reason]),
        ];
        if (texts.Any(t => t.Length > MaximumTextLength || t.Any(char.IsControl))) throw Refused($"a text is longer than {MaximumTextLength} characters");
        if (hello.Devices.Any(d => d.Uuid.Length == 0 || d.MemoryMib < 0 || d.Ordinal is < 0 or > short.MaxValue || d.Capabilities.Count > MostWords || d.Runtimes.Count > MostWords))
            throw Refused("a device has no UUID, or its numbers make no sense");
        if (hello.Devices.Any(d => d.Calibration is { } told && !MakesSense(told))) throw Refused("the numbers of a calibration make no sense");
    }

    private static bool MakesSense(CardCalibration told) =>
        told.MeasuredAtUnixS is > 0 and < LatestSecond
        && told.P50Us > 0 && new[] { told.SmClockMhz, told.P50Us, told.PowerW, told.TempC }.All(value => value is >= 0 and < GreatestValue);

    private static RpcException Refused(string why) => new(new Status(StatusCode.InvalidArgument, $"Hello: {why}"));

    [GeneratedRegex("^[a-z0-9._=/-]{1,64}$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Label();

    [LoggerMessage(2801, LogLevel.Warning, "Agent {AgentId} no longer has job {JobId}; it is ready again or dead")]
    private partial void LogEnded(long jobId, int agentId);
}
