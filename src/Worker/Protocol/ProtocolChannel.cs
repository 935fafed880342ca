using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fleetmark.Measurement.Launches;
using Microsoft.Win32.SafeHandles;

namespace Fleetmark.Worker.Protocol;

/// <summary>Where messages go: the process' original standard output. Not thread-safe; only the main thread speaks.</summary>
internal sealed class ProtocolChannel(Stream output) : IDisposable
{
    private long _progressAt = long.MinValue;

    /// <summary>The phase that was announced last.</summary>
    internal LaunchPhase Phase { get; private set; }

    /// <summary>Keeps standard output for the protocol and sends whatever else is printed to standard error.</summary>
    internal static ProtocolChannel TakeStandardOutput()
    {
        int descriptor = NativeMethods.Duplicate(NativeMethods.StandardOutput);
        if (descriptor < 0 || NativeMethods.DuplicateTo(NativeMethods.StandardError, NativeMethods.StandardOutput) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return new ProtocolChannel(new FileStream(handle, FileAccess.Write, bufferSize: 0));
    }

    /// <summary>Sends a message; leaves the process when nobody reads any more.</summary>
    internal void Send(WorkerMessage message)
    {
        try
        {
            output.Write(WorkerProtocol.Write(message));
            output.Flush();
        }
        catch (IOException)
        {
            // The agent is gone, which standard input may tell later than standard output.
            NativeMethods.Leave(WorkerErrorTable.ExitCode(WorkerErrorCode.Cancelled));
        }
    }

    /// <summary>Announces a phase.</summary>
    /// <returns>Its begin, in <c>CLOCK_MONOTONIC</c> nanoseconds.</returns>
    internal long Begin(LaunchPhase phase)
    {
        long at = Stopwatch.GetTimestamp();
        Phase = phase;
        Send(PhaseMessage.Begin(phase, at));
        return at;
    }

    /// <summary>Sends progress unless the last one is too recent.</summary>
    internal void SendProgress(ProgressMessage progress)
    {
        long now = Stopwatch.GetTimestamp();
        if (_progressAt != long.MinValue && Stopwatch.GetElapsedTime(_progressAt, now) < WorkerProtocol.ProgressInterval) return;
        _progressAt = now;
        Send(progress);
    }

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();
}
