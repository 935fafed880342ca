using System.Text.Json;
using System.Text.Json.Nodes;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Agent.Jobs;

/// <summary>What is stored of a launch beside its columns, as one JSON: the worker's own result, the file it loaded, and what the agent saw of start, host, GPU and the slowest samples.</summary>
internal static class LaunchDetail
{
    /// <summary>Writes it.</summary>
    internal static JsonElement Of(WorkerRun run, PreparedModel model, LaunchTrace trace, HostTelemetry host, DeviceTelemetry? device, LaunchSummary summary, EnergyTelemetry? energy)
    {
        ResultMessage result = run.Outcome.Result!;
        var detail = new JsonObject
        {
            ["worker"] = JsonNode.Parse(WorkerProtocol.Write(result)),
            ["model"] = new JsonObject { ["sha256"] = model.Sha256, ["converter"] = model.Inspection?.Converter },
            ["start"] = Start(trace.Start, device),
            ["host"] = new JsonObject
            {
                ["stealRel"] = host.StealRel,
                ["foreignCpuRel"] = host.ForeignCpuRel,
                ["cgroupThrottled"] = host.CgroupThrottled,
                ["lockLost"] = host.IsLockLost,
            },
            ["worst"] = new JsonArray([.. WorstMoments.Of(summary, run.Outcome.Samples!, result, trace).Select(Worst)]),
        };
        // Where the samples of one loop end and those of the next begin.
        if (run.Outcome.Samples!.Streams is { Count: > 0 } streams) detail["streams"] = new JsonArray([.. streams.Select(count => (JsonNode)count)]);
        if (device is not null) detail["device"] = Device(device, trace.Gpu!.Samples, result);
        if (energy is not null) detail["energy"] = Energy(energy);
        return JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(detail));
    }

    private static JsonObject Energy(EnergyTelemetry energy) => new()
    {
        ["mj"] = energy.EnergyMj,
        ["seconds"] = energy.Seconds,
        ["images"] = energy.Images,
        ["idleW"] = energy.IdleW,
        ["idleSeconds"] = energy.IdleSeconds,
        ["ujPerItem"] = energy.UjPerItem,
        ["netUjPerItem"] = energy.NetUjPerItem,
        ["estimated"] = energy.IsEstimated,
    };

    private static JsonObject Start(LaunchStart start, DeviceTelemetry? device)
    {
        var json = new JsonObject
        {
            ["load"] = start.Load,
            ["governor"] = start.Governor,
            ["cpuClockMhz"] = start.ClockMhz,
            ["cpus"] = new JsonArray([.. start.Cpus.Select(core => (JsonNode)core)]),
        };
        if (device is null) return json;
        json["tempC"] = device.TempStartC;
        json["powerW"] = device.PowerStartW;
        return json;
    }

    private static JsonObject Device(DeviceTelemetry device, IReadOnlyList<GpuSample> samples, ResultMessage result) => new()
    {
        ["calibratedClockMhz"] = device.CalibratedClockMhz,
        ["lockedClockMhz"] = device.LockedClockMhz,
        ["powerCapRel"] = device.PowerCapRel,
        ["thermalRel"] = device.ThermalRel,
        ["slowdownRel"] = device.SlowdownRel,
        ["foreignProcess"] = device.HasForeignProcess,
        ["settled"] = device.IsSettled,
        ["violationDiscarded"] = device.IsViolationDiscarded,
        ["uncorrectedErrors"] = device.UncorrectedErrors,
        ["pcieSentKBps"] = samples.Max(sample => sample.PcieSent),
        ["pcieReceivedKBps"] = samples.Max(sample => sample.PcieReceived),
        // Where the series of the trace lie in time: their first moment, seen from the begin of the window.
        ["traceStartNs"] = samples[0].At - result.WindowStart,
        ["windowNs"] = result.WindowEnd - result.WindowStart,
    };

    private static JsonObject Worst(WorstMoment moment) => new()
    {
        ["index"] = moment.Index,
        ["us"] = moment.Us,
        ["atNs"] = moment.AtNs,
        ["events"] = new JsonArray([.. moment.Events.Select(word => (JsonNode)word)]),
    };
}
