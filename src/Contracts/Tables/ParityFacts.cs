using Fleetmark.Measurement.Launches;

namespace Fleetmark.Contracts.Tables;

/// <summary>How far a converted model is from its source on a class of devices, as a provider of a runtime computes it, by the inspection that is stored.</summary>
public sealed record ParityFacts
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Slug of the device class.</summary>
    public required string DeviceClass { get; init; }

    /// <summary>Number format of the converted model.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Execution provider that computed it, such as <c>cuda</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Runtime flavour, such as <c>ort122-cuda12</c>.</summary>
    public required string Flavour { get; init; }

    /// <summary>Seeded inputs that were compared.</summary>
    public required int Inputs { get; init; }

    /// <summary>Inputs whose largest output stands at the same index.</summary>
    public required int Top1Agreements { get; init; }

    /// <summary>Further inputs between whose largest outputs the format cannot choose.</summary>
    public required int Ties { get; init; }

    /// <summary>Largest absolute difference of any output value.</summary>
    public required double MaxAbsDifference { get; init; }

    /// <summary>Smallest cosine between two output vectors.</summary>
    public required double MinCosine { get; init; }

    /// <summary>Number of nodes that compute in FP32 in the converted model.</summary>
    public required int KeptNodes { get; init; }

    /// <summary>The value that overflowed before its node went back to FP32; null when none did.</summary>
    public string? Overflow { get; init; }
}
