using System.ComponentModel;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Fleet;

/// <summary>Asks every runtime what it can do on every device it is for. What does not answer <c>ok</c> is not offered, so no silo sends it work.</summary>
internal sealed partial class RuntimeProbe(RuntimeCatalog catalog, WorkerLauncher launcher, ILogger<RuntimeProbe> log)
{
    private const int ShownTail = 500;

    /// <summary>The device with the capabilities its runtimes reported.</summary>
    /// <param name="device">The device.</param>
    /// <param name="stop">Ends it early.</param>
    internal async Task<Device> ProbeAsync(Device device, StopSignal stop)
    {
        // All at once: one that hangs costs its own time only.
        IReadOnlyList<string>[] answers = await Task.WhenAll(
            catalog.All.Where(runtime => runtime.Devices.Contains(device.Vendor, StringComparer.Ordinal)).Select(runtime => AskAsync(runtime, stop)));
        string[] capabilities = [.. answers.SelectMany(words => words).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (capabilities.Length == 0) LogUseless(device.Uuid);
        return device with { Capabilities = capabilities };
    }

    private async Task<IReadOnlyList<string>> AskAsync(Runtime runtime, StopSignal stop)
    {
        if (catalog.Refusal(runtime) is { } refusal)
        {
            LogRefused(runtime.Name, refusal);
            return [];
        }

        try
        {
            WorkerRun run = await launcher.RunAsync(runtime.Command, "probe-" + runtime.Name, _ => new CapabilitiesRequest(), observer: null, stop);
            if (run.Outcome.Failure is { } failure)
            {
                LogFailed(runtime.Name, failure.Code, failure.Text, run.LogTail[^Math.Min(run.LogTail.Length, ShownTail)..].ReplaceLineEndings(" "));
                return [];
            }

            IReadOnlyList<string> words = Words(runtime.Name, (CapabilitiesMessage)run.Outcome.Answer!);
            LogProbed(runtime.Name, words.Count == 0 ? "nothing" : string.Join(' ', words));
            return words;
        }
        catch (Win32Exception e)
        {
            LogFailed(runtime.Name, "worker-crash", e.Message, "");
            return [];
        }
    }

    private IReadOnlyList<string> Words(string name, CapabilitiesMessage message)
    {
        var words = new List<string>();
        foreach (ProviderCapability provider in message.Providers)
        {
            if (provider.Devices.FirstOrDefault(tried => tried.Uuid is null) is not { } cpu) continue;
            if (cpu.State != DeviceCapability.Ok)
            {
                LogUnusable(name, provider.Name, cpu.State, cpu.Reason ?? "");
                continue;
            }

            words.Add("runtime:" + name);
            words.Add("provider:" + provider.Name);
            words.AddRange(provider.Precisions.Select(precision => "precision:" + precision));
        }

        return [.. words.Select(word => word.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
    }
}
