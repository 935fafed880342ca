using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Protocol;

/// <summary>
/// Listens on standard input after the request: <c>cancel</c> asks the main thread to stop, the end of the input means that the agent is gone, and then nobody is
/// left to answer: the process leaves at once.
/// </summary>
internal sealed class StopListener(RequestLines lines) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Set by <c>cancel</c>.</summary>
    internal CancellationToken Cancel => _stop.Token;

    /// <summary>Starts listening, until the end of the process.</summary>
    internal void Start() => new Thread(Listen) { IsBackground = true, Name = "stdin" }.Start();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void Listen()
    {
        while (lines.Next() is { } line)
        {
            if (WorkerProtocol.ReadRequest(line).Request is not CancelRequest) continue;
            try
            {
                _stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The answer was quicker than the cancel.
                return;
            }
        }

        NativeMethods.Leave(WorkerErrorTable.ExitCode(WorkerErrorCode.Cancelled));
    }
}
