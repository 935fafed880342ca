namespace Fleetmark.Measurement.Launches;

/// <summary>Asks a worker to stop: it answers <c>error</c> with code <c>cancelled</c>. A worker that does not read it gets SIGTERM after two seconds.</summary>
public sealed record CancelRequest : WorkerRequest
{
    internal const string Word = "cancel";

    internal override bool IsAnsweredBy(WorkerMessage message) => false;
}
