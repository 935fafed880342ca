using System.Text.Json;
using Fleetmark.Agent.Files;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.SelfCheck;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Harness;

/// <summary>
/// What the harness adds to a call on this machine, kept in the data folder. It is measured again at the start of an agent whose worker is another one than before, or whose
/// record is a week old.
/// </summary>
internal sealed partial class HarnessRecord(RuntimeCatalog catalog, HarnessCheck check, IOptions<AgentOptions> options, TimeProvider clock, ILogger<HarnessRecord> log)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>The newest report, of the worker that is installed; null when there is none.</summary>
    internal SelfCheckReport? Report { get; private set; }

    /// <summary>A machine that did not let one see it is asked again: another hour may be quieter.</summary>
    private bool IsDue => options.Value.SelfCheck
        && !(Report is { Verdict: not SelfCheckVerdict.NotMeasurable } known && clock.GetUtcNow() - known.MeasuredAt < Life);

    /// <summary>Reads the record, and measures when it is due. An agent without a report works as well, and its tables say so.</summary>
    /// <param name="devices">All devices of the machine; nothing else of this agent uses one yet.</param>
    /// <param name="stop">Ends it early.</param>
    internal async Task RefreshAsync(IReadOnlyList<Device> devices, StopSignal stop)
    {
        if (catalog.Builder is not { } runtime) return;
        try
        {
            string worker = catalog.Digest(runtime);
            Report = Read() is { } kept && kept.WorkerSha256 == worker ? kept.Report : null;
            if (!IsDue) return;
            Device cpu = devices.First(device => device.IsCpu);
            using DeviceLocks? taken = DeviceLocks.TryTake(options.Value, cpu, devices);
            if (taken is null)
            {
                LogBusy();
                return;
            }

            SelfCheckOutcome outcome = await check.RunAsync(cpu, stop);
            if (stop.Reason is not null) return;
            if (outcome.Report is { } report) Keep(new KeptSelfCheck(worker, report));
            else LogUnmeasured(outcome.Reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnmeasured(e.Message);
        }
    }

    private void Keep(KeptSelfCheck kept)
    {
        Report = kept.Report;
        DurableFile.Write(options.Value.SelfCheckRecord(), JsonSerializer.SerializeToUtf8Bytes(kept, KeptSelfCheckJson.Default.KeptSelfCheck));
        LogMeasured(kept.Report.Runtime, kept.Report.Verdict, string.Join(' ', kept.Report.Checks.Select(c => FormattableString.Invariant($"{c.Model} {c.Ratio:0.0000}"))));
    }

    private KeptSelfCheck? Read()
    {
        string path = options.Value.SelfCheckRecord();
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), KeptSelfCheckJson.Default.KeptSelfCheck);
        }
        catch (JsonException e)
        {
            LogUnreadable(path, e.Message);
            return null;
        }
    }

    [LoggerMessage(6100, LogLevel.Information, "The harness of {Runtime} was checked, {Verdict}: {Ratios}")]
    private partial void LogMeasured(string runtime, SelfCheckVerdict verdict, string ratios);

    [LoggerMessage(6101, LogLevel.Information, "The harness is not checked now: another agent of this machine measures")]
    private partial void LogBusy();

    [LoggerMessage(6102, LogLevel.Warning, "The harness could not be checked: {Reason}")]
    private partial void LogUnmeasured(string reason);

    [LoggerMessage(6103, LogLevel.Warning, "The self-check {Path} cannot be read and is made again: {Reason}")]
    private partial void LogUnreadable(string path, string reason);
}
