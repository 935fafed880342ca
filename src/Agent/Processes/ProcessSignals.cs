using System.Runtime.InteropServices;

namespace Fleetmark.Agent.Processes;

/// <summary>Signals to a worker and everything it started; .NET can end single processes only.</summary>
internal static partial class ProcessSignals
{
    internal const int Terminate = 15;
    internal const int Kill = 9;
    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal to the process group <paramref name="processId"/> leads. False when there is no such group.</summary>
    internal static bool SendToGroup(int processId, int signal) => Send(-processId, signal) == 0 || Marshal.GetLastPInvokeError() != NoSuchProcess;

    /// <summary>
    /// Sends a signal to the group a worker leads, or to the worker alone as long as <c>setsid</c> has not made that group yet. Only for a process known to be there, so
    /// that its number cannot be another's.
    /// </summary>
    internal static void SendToWorker(int processId, int signal)
    {
        if (!SendToGroup(processId, signal)) SendToProcess(processId, signal);
    }

    /// <summary>Sends a signal to one process.</summary>
    internal static bool SendToProcess(int processId, int signal) => Send(processId, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int processId, int signal);
}
