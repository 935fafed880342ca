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

    internal void SayRaw(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
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
