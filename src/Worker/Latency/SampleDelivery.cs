using System.Security.Cryptography;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Latency;

/// <summary>How samples leave the worker: in the message itself, or in a file of the work directory where they would not fit a line.</summary>
internal static class SampleDelivery
{
    /// <summary>Name of that file.</summary>
    internal const string FileName = "samples-latency.fms";

    /// <summary>Base64 grows by a third; the rest of the line needs far less than this.</summary>
    private const int LargestInline = (WorkerProtocol.LineLimit / 4 * 3) - 1024;

    /// <summary>The message that brings the samples; writes the file when it needs one.</summary>
    /// <param name="nanoseconds">Time of each sample.</param>
    /// <param name="callsPerSample">Calls timed together as one sample.</param>
    /// <param name="folder">The launch's work directory.</param>
    /// <exception cref="WorkerException">The file cannot be written.</exception>
    internal static SamplesMessage Of(ReadOnlySpan<long> nanoseconds, int callsPerSample, string folder)
    {
        byte[] bytes = SampleCodec.Encode(nanoseconds, callsPerSample);
        var message = new SamplesMessage { Series = SamplesMessage.Latency, CallsPerSample = callsPerSample, N = nanoseconds.Length };
        if (bytes.Length <= LargestInline) return message with { Data = bytes };
        try
        {
            File.WriteAllBytes(Path.Combine(folder, FileName), bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorkerException(WorkerErrorCode.BadRequest, $"the samples cannot be written: {e.Message}", cause: e);
        }

        return message with { File = FileName, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }
}
