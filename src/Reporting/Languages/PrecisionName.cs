using Fleetmark.Measurement.Launches;

namespace Fleetmark.Reporting.Languages;

/// <summary>Names of precisions in keys and headers; the same in every language.</summary>
internal static class PrecisionName
{
    /// <summary>In headers and titles: <c>FP16</c>.</summary>
    internal static string Upper(Precision precision) => precision switch
    {
        Precision.Fp32 => "FP32",
        Precision.Fp16 => "FP16",
        Precision.Int8 => "INT8",
        _ => throw new ArgumentOutOfRangeException(nameof(precision)),
    };

    /// <summary>In keys and file names: <c>fp16</c>.</summary>
    internal static string Lower(Precision precision) => precision switch
    {
        Precision.Fp32 => "fp32",
        Precision.Fp16 => "fp16",
        Precision.Int8 => "int8",
        _ => throw new ArgumentOutOfRangeException(nameof(precision)),
    };
}
