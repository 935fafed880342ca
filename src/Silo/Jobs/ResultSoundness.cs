using System.Security.Cryptography;
using System.Text.Json;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.Silo.Jobs;

/// <summary>Whether a result can be what it says: agents are not trusted, and what is stored once can never be taken back.</summary>
internal static class ResultSoundness
{
    /// <summary>
    /// True when every launch with a number has a positive finite median, perhaps a positive finite rate, and call times that decode to as many samples as it says, and the result ends with such a
    /// launch or says why it does not.
    /// </summary>
    public static bool IsSound(AttemptResult result)
    {
        if (result.Launches is null || result.Launches.Any(l => l is null || l.Series is null || l.Series.Any(s => s?.Body is null) || l.Notes is null || l.Environment is null)) return false;
        if (result.Inspection is { } inspection && (inspection.GraphSha256 is not { Length: SHA256.HashSizeInBytes } || inspection.Detail.ValueKind != JsonValueKind.Object)) return false;
        if (!result.IsFailure && (result.Launches.Count == 0 || result.Launches[^1].State == MeasurementState.Failed)) return false;
        return result.Launches.All(l => l.State == MeasurementState.Failed || HasNumber(l));
    }

    private static bool HasNumber(LaunchReport launch)
    {
        if (launch.P50Us is not > 0 || !double.IsFinite(launch.P50Us.Value) || launch.PrecisionEffective is null || launch.Arithmetic is null) return false;
        if (launch.RatePerS is { } rate && !(rate > 0 && double.IsFinite(rate))) return false;
        if (launch.Series.FirstOrDefault(s => s.Series == SampleSeries.CallTimes) is not { } series || series.Count != launch.Count) return false;
        try
        {
            return SampleCodec.Decode(series.Body).Nanoseconds.Count == launch.Count;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
