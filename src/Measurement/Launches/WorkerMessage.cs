using System.Text.Json.Serialization;

namespace Fleetmark.Measurement.Launches;

/// <summary>One line of JSON a worker writes to its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HelloMessage), HelloMessage.Word)]
[JsonDerivedType(typeof(CapabilitiesMessage), CapabilitiesMessage.Word)]
[JsonDerivedType(typeof(PhaseMessage), PhaseMessage.Word)]
[JsonDerivedType(typeof(ProgressMessage), ProgressMessage.Word)]
[JsonDerivedType(typeof(SamplesMessage), SamplesMessage.Word)]
[JsonDerivedType(typeof(ResultMessage), ResultMessage.Word)]
[JsonDerivedType(typeof(BuiltMessage), BuiltMessage.Word)]
[JsonDerivedType(typeof(InspectedMessage), InspectedMessage.Word)]
[JsonDerivedType(typeof(SelfCheckMessage), SelfCheckMessage.Word)]
[JsonDerivedType(typeof(ErrorMessage), ErrorMessage.Word)]
public abstract record WorkerMessage;
