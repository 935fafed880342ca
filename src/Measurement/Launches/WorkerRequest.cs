using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.Launches;

/// <summary>What a worker is asked to do: the one request line of its life, or the <c>cancel</c> that may follow it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CapabilitiesRequest), CapabilitiesRequest.Word)]
[JsonDerivedType(typeof(LaunchRequest), LaunchRequest.Word)]
[JsonDerivedType(typeof(BuildRequest), BuildRequest.Word)]
[JsonDerivedType(typeof(ConvertRequest), ConvertRequest.Word)]
[JsonDerivedType(typeof(InspectRequest), InspectRequest.Word)]
[JsonDerivedType(typeof(SelfCheckRequest), SelfCheckRequest.Word)]
[JsonDerivedType(typeof(CancelRequest), CancelRequest.Word)]
public abstract record WorkerRequest
{
    /// <summary>True when the message is the answer this request asks for; an error answers every request.</summary>
    internal abstract bool IsAnsweredBy(WorkerMessage message);
}
