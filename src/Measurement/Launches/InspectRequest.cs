namespace Fleetmark.Measurement.Launches;

/// <summary>
/// Asks, untimed, what the runtime makes of a model: which operators on which provider in which format. For a converted model also how far it is from the one it was made
/// from. The answer is <see cref="InspectedMessage"/>. Foreign workers may refuse it.
/// </summary>
public sealed record InspectRequest : WorkerRequest
{
    internal const string Word = "inspect";

    /// <summary>Version of the protocol; <see cref="WorkerProtocol.Version"/>.</summary>
    public int Protocol { get; init; } = WorkerProtocol.Version;

    /// <summary>The launch it stands for; how to warm up and sample is ignored.</summary>
    public required LaunchRequest Launch { get; init; }

    /// <summary>The model the launch's was converted from; null when it was not converted.</summary>
    public ModelFile? Original { get; init; }

    /// <summary>Nodes that stayed in FP32 in that conversion because somebody asked for it (<see cref="ConvertRequest.Keep"/>).</summary>
    public IReadOnlyList<string> Keep { get; init => field = value ?? []; } = [];

    internal override bool IsAnsweredBy(WorkerMessage message) => message is InspectedMessage;
}
