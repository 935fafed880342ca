using Fleetmark.Agent.Processes;
using Microsoft.Extensions.Logging;

namespace Fleetmark.Agent.Workers;

/// <summary>What an agent that was killed left behind: worker processes and their folders. They go before the new agent says hello.</summary>
internal sealed partial class Leftovers(TimeProvider clock, ILogger<Leftovers> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends the processes named in <paramref name="parent"/>'s folders, by number and start time, and removes the folders.</summary>
    internal async Task RemoveAsync(string parent, CancellationToken cancel)
    {
        Directory.CreateDirectory(parent);
        foreach (string folder in Directory.EnumerateDirectories(parent))
        {
            if (WorkFolder.LivingProcess(folder) is { } processId)
            {
                LogEnding(processId);
                ProcessSignals.SendToWorker(processId, ProcessSignals.Kill);
                await GoneAsync(folder, processId, cancel);
            }

            WorkFolder.Remove(folder, log);
        }
    }

    private async Task GoneAsync(string folder, int processId, CancellationToken cancel)
    {
        for (TimeSpan waited = TimeSpan.Zero; WorkFolder.LivingProcess(folder) is not null; waited += Look)
        {
            if (waited > Patience) throw new IOException($"process {processId} of an earlier agent does not end");
            await Task.Delay(Look, clock, cancel);
        }
    }

    [LoggerMessage(5210, LogLevel.Warning, "Ending worker process {ProcessId}, which an earlier agent left behind")]
    private partial void LogEnding(int processId);
}
