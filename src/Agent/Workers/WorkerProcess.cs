using System.ComponentModel;
using System.Diagnostics;
using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Workers;

/// <summary>
/// A running worker: started through <c>setsid</c>, so that it leads a process group of its own, with a cleared environment and pipes for its three streams. Its stdin
/// stays open as long as the agent lives: end-of-file is how a worker learns that the agent died.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly string SetSession = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists) ?? "setsid";
    private static readonly string SearchPath = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";

    private readonly Process _process;
    private Task _writing = Task.CompletedTask;

    private WorkerProcess(Process process)
    {
        _process = process;
        Exited = process.WaitForExitAsync(CancellationToken.None);
    }

    internal int Id => _process.Id;

    /// <summary>Completes when the process ended; <see cref="ExitCode"/> is there then.</summary>
    internal Task Exited { get; }

    internal int ExitCode => _process.ExitCode;

    internal Stream Output => _process.StandardOutput.BaseStream;

    internal Stream Errors => _process.StandardError.BaseStream;

    /// <summary>Starts the program in <paramref name="folder"/>.</summary>
    /// <exception cref="Win32Exception">The operating system refused.</exception>
    internal static WorkerProcess Start(WorkerCommand command, string folder)
    {
        var start = new ProcessStartInfo(SetSession)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(command.Executable);
        foreach (string argument in command.Arguments) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = SearchPath;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["HOME"] = folder;
        start.Environment["TMPDIR"] = folder;
        start.Environment["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID";
        start.Environment["CUDA_VISIBLE_DEVICES"] = "";
        foreach ((string name, string value) in command.Environment) start.Environment[name] = value;
        return new WorkerProcess(command.KeptOff.Count == 0 ? Start(start) : StartKeptOff(start, command.KeptOff));
    }

    private static Process Start(ProcessStartInfo start) => Process.Start(start) ?? throw new Win32Exception("no process was started");

    /// <summary>A process inherits the cores of the thread that starts it (sched_setaffinity(2)), so a thread of its own is given them.</summary>
    private static Process StartKeptOff(ProcessStartInfo start, IReadOnlyList<int> cores) => Task.Factory.StartNew(
        () =>
        {
            ThreadAffinity.KeepOff(cores);
            return Start(start);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default).GetAwaiter().GetResult();

    /// <summary>Writes a line to stdin after those before it; a worker that does not read, or is gone, is no error here.</summary>
    internal void Write(WorkerRequest request) => Write(WorkerProtocol.Write(request));

    /// <summary>Writes bytes to stdin that may be no request at all.</summary>
    internal void Write(byte[] line) => _writing = AfterAsync(_writing, async input =>
    {
        await input.WriteAsync(line);
        await input.FlushAsync();
    });

    /// <summary>Ends stdin after what was written.</summary>
    internal void EndInput() => _writing = AfterAsync(_writing, async input => await input.DisposeAsync());

    /// <summary>Sends a signal to the worker and what it started.</summary>
    internal void Signal(int signal)
    {
        if (Exited.IsCompleted) ProcessSignals.SendToGroup(Id, signal);
        else ProcessSignals.SendToWorker(Id, signal);
    }

    /// <summary>Closes the pipes, which <see cref="Process"/> leaves to whoever used them, and forgets the process.</summary>
    public void Dispose()
    {
        Output.Dispose();
        Errors.Dispose();
        _process.StandardInput.BaseStream.Dispose();
        _process.Dispose();
    }

    private async Task AfterAsync(Task before, Func<Stream, Task> write)
    {
        await before;
        try
        {
            await write(_process.StandardInput.BaseStream);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It does not listen any more; its exit says the rest.
        }
    }
}
