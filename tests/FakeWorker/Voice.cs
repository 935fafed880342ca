using System.Diagnostics;
using System.Text;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.FakeWorker;

/// <summary>The worker's stdout.</summary>
internal sealed class Voice(Stream output)
{
    internal void Say(WorkerMessage message)
    {
        output.Write(WorkerProtocol.Write(message));
        output.Flush();
    }

    internal void SayRaw(string text) => SayRaw(Encoding.UTF8.GetBytes(text));

    internal void SayRaw(byte[] bytes)
    {
        output.Write(bytes);
        output.Flush();
    }

    /// <summary>Closes descriptor 1: whoever reads it comes to its end.</summary>
    internal void Close()
    {
        output.Dispose();
        new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: true).Dispose();
    }

    internal void Enter(LaunchPhase phase) => Say(PhaseMessage.Begin(phase, Stopwatch.GetTimestamp()));

    internal void Hello() => Say(new HelloMessage
    {
        Protocol = WorkerProtocol.Version,
        Worker = "fake",
        Version = "1",
        Runtime = "Fake Runtime",
        RuntimeVersion = "1.0",
        Pid = Environment.ProcessId,
        Supported = [WorkerProtocol.Version],
    });
}
