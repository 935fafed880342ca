using System.ComponentModel;
using Fleetmark.Agent.Workers;
using Fleetmark.Contracts.Fleet;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Fleet;

/// <summary>Asks every runtime what it can do on every device it is for. What does not answer <c>ok</c> is not offered, so no silo sends it work.</summary>
internal sealed partial class RuntimeProbe(RuntimeCatalog catalog, WorkerLauncher launcher, OptionKeys keys, ILogger<RuntimeProbe> log)
{
    private const int ShownTail = 500;
    private const int LongestReason = 200;
    private const string Throughput = "throughput";

    /// <summary>The device with the capabilities its runtimes reported, and what came of each.</summary>
    /// <param name="device">The device.</param>
    /// <param name="stop">Ends it early.</param>
    internal async Task<Device> ProbeAsync(Device device, StopSignal stop)
    {
        // All at once: one that hangs costs its own time only.
        IReadOnlyList<(RuntimeFinding Finding, ProviderCapability? Told)>[] answers = await Task.WhenAll(
            catalog.All.Where(runtime => runtime.Devices.Contains(device.Vendor, StringComparer.Ordinal)).Select(runtime => AskAsync(runtime, device, stop)));
        string[] capabilities = [.. answers.SelectMany(answer => answer).SelectMany(a => Words(a.Finding, a.Told)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (capabilities.Length == 0) LogUseless(device.Uuid);
        return device with { Capabilities = capabilities, Findings = [.. answers.SelectMany(answer => answer).Select(a => a.Finding)] };
    }

    private async Task<IReadOnlyList<(RuntimeFinding Finding, ProviderCapability? Told)>> AskAsync(Runtime runtime, Device device, StopSignal stop)
    {
        if (catalog.Refusal(runtime) is { } refusal)
        {
            LogRefused(runtime.Name, refusal);
            return [(Failed(runtime, "the program is refused"), null)];
        }

        try
        {
            var request = new CapabilitiesRequest { Device = device.ForWorkers() };
            WorkerRun run = await launcher.RunAsync(runtime.CommandFor(device), $"probe-{runtime.Name}-{device.Uuid}", _ => request, observer: null, stop);
            if (run.Outcome.Failure is { } failure)
            {
                LogFailed(runtime.Name, failure.Code, failure.Text, run.LogTail[^Math.Min(run.LogTail.Length, ShownTail)..].ReplaceLineEndings(" "));
                return [(Failed(runtime, $"{failure.Code}: {failure.Text}"), null)];
            }

            var claims = (CapabilitiesMessage)run.Outcome.Answer!;
            keys.Note(runtime, device, claims.OptionKeys);
            return Findings(runtime.Name, device, claims);
        }
        catch (Win32Exception e)
        {
            LogFailed(runtime.Name, "worker-crash", e.Message, "");
            return [(Failed(runtime, e.Message), null)];
        }
    }

    private (RuntimeFinding Finding, ProviderCapability? Told)[] Findings(string runtime, Device device, CapabilitiesMessage message)
    {
        var found = new List<(RuntimeFinding Finding, ProviderCapability? Told)>();
        foreach (ProviderCapability provider in message.Providers)
        {
            // A worker sees this device and no other, so an entry without a name is about it too.
            if (provider.Devices.FirstOrDefault(tried => tried.Uuid is null || tried.Uuid == device.Uuid) is not { } tried) continue;
            string name = provider.Name.ToLowerInvariant();
            found.Add((new RuntimeFinding { Flavour = runtime, Provider = name, State = tried.State, Reason = Line(tried.Reason ?? "") }, provider));
            if (tried.State != DeviceCapability.Ok) LogUnusable(runtime, name, device.Uuid, tried.State, tried.Reason ?? "");
        }

        string[] works = [.. found.Where(f => f.Finding.IsOk).Select(f => f.Finding.Provider)];
        LogProbed(runtime, works.Length == 0 ? "nothing" : string.Join(' ', works), device.Uuid);
        return [.. found];
    }

    /// <summary>The words of a provider that works. A worker that lists no precision is taken to compute in FP32; latency every worker does, so no word says so.</summary>
    private static IEnumerable<string> Words(RuntimeFinding finding, ProviderCapability? told)
    {
        if (!finding.IsOk || told is null) yield break;
        yield return CapabilityWords.Runtime(finding.Flavour);
        yield return CapabilityWords.Provider(finding.Provider);
        foreach (string precision in told.Precisions.DefaultIfEmpty("fp32").Select(precision => precision.ToLowerInvariant()))
        {
            yield return CapabilityWords.Precision(precision);
            yield return CapabilityWords.Works(finding.Flavour, finding.Provider, precision);
        }

        if (told.Kinds.Contains(Throughput, StringComparer.OrdinalIgnoreCase)) yield return CapabilityWords.Does(finding.Flavour, finding.Provider, Throughput);
    }

    private static RuntimeFinding Failed(Runtime runtime, string reason) =>
        new() { Flavour = runtime.Name, Provider = "", State = DeviceCapability.Error, Reason = Line(reason) };

    private static string Line(string text)
    {
        string line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= LongestReason ? line : line[..LongestReason];
    }
}
