using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.Fixtures;

/// <summary>Launches as agents report them.</summary>
public static class SampleLaunch
{
    /// <summary>A launch of three samples with a median of <paramref name="medianUs"/>.</summary>
    public static LaunchReport Valid(double medianUs = 1234.5, MeasurementState state = MeasurementState.Valid) => new()
    {
        Launch = 0,
        AgentStartedAt = DateTimeOffset.UnixEpoch,
        Environment = Environment("6.1"),
        State = state,
        Flags = 1L << 40,
        Notes = ["few-launches"],
        PrecisionEffective = "fp32",
        Arithmetic = Precision.Fp32,
        OutputSha256 = SHA256.HashData("output"u8),
        Count = 3,
        MinUs = medianUs - 0.1,
        P50Us = medianUs,
        MaxUs = medianUs + 0.1,
        MeanUs = 1.0 / 3.0,
        SdUs = double.Epsilon,
        BlockP50Us = [0.1, 0.2, 0.30000000000000004],
        Series = [new SampleSeries(SampleSeries.CallTimes, 1, 3, SampleCodec.Encode([1_234_400, 1_234_500, 1_234_600], 1))],
    };

    /// <summary>A launch that ended with <paramref name="code"/> in place of a number.</summary>
    public static LaunchReport Failed(string code) => new()
    {
        Launch = 0,
        AgentStartedAt = DateTimeOffset.UnixEpoch,
        Environment = Environment("6.1"),
        State = MeasurementState.Failed,
        ErrorCode = code,
    };

    /// <summary>An environment that differs by its kernel alone.</summary>
    public static EnvironmentReport Environment(string kernel) => new()
    {
        Fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(kernel)),
        Comparable = SHA256.HashData("same"u8),
        Flavour = "ort131-cpu",
        Runtime = "ONNX Runtime",
        RuntimeVersion = "1.31.1",
        AgentVersion = "1.0",
        Detail = JsonSerializer.SerializeToElement(new { kernel }),
    };
}
