using Fleetmark.Agent.Processes;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Workers;

/// <summary>Starts workers, each in a folder of its own, and supervises them to their end; the folder goes with the process.</summary>
internal sealed class WorkerLauncher(IOptions<AgentOptions> options, WorkerMemory memory, TimeProvider clock, ILogger<WorkerLauncher> log)
{
    /// <summary>Runs one worker process to its exit, whatever it does.</summary>
    /// <param name="command">The program.</param>
    /// <param name="name">Name of its folder, unlike that of any worker that runs now.</param>
    /// <param name="request">What it is asked; gets the worker's current directory.</param>
    /// <param name="observer">Watches it; null when nobody does.</param>
    /// <param name="stop">Ends it early.</param>
    /// <param name="line">What is written in place of the request; null for the request itself.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The operating system does not start it.</exception>
    internal async Task<WorkerRun> RunAsync(
        WorkerCommand command, string name, Func<string, WorkerRequest> request, IWorkerObserver? observer, StopSignal stop, Func<WorkerRequest, byte[]>? line = null)
    {
        var folder = WorkFolder.Create(options.Value.Work(), name, log);
        WorkerProcess? process = null;
        bool isSupervised = false;
        try
        {
            WorkerRequest asked = request(folder.Files);
            long? killsBefore = memory.SystemKills();
            process = WorkerProcess.Start(command, folder.Files);
            folder.Record(process.Id);
            observer?.Started(process.Id);
            process.Write(line is null ? WorkerProtocol.Write(asked) : line(asked));
            WorkerRun run = await new WorkerSupervision(process, asked, folder, memory, killsBefore, observer, stop, clock, log).RunAsync();
            isSupervised = true;
            Task removal = RemoveAsync(process, folder);
            return run with { Gone = removal };
        }
        finally
        {
            if (!isSupervised) await AbandonAsync(process, folder);
        }
    }

    /// <summary>After a defect of ours: no process without supervision, no folder without a process.</summary>
    private static async Task AbandonAsync(WorkerProcess? process, WorkFolder folder)
    {
        process?.Signal(ProcessSignals.Kill);
        if (process is null) folder.Dispose();
        else await RemoveAsync(process, folder);
    }

    /// <summary>Waits only for a worker that survived SIGKILL.</summary>
    private static async Task RemoveAsync(WorkerProcess process, WorkFolder folder)
    {
        await process.Exited;
        process.Dispose();
        folder.Dispose();
    }
}
