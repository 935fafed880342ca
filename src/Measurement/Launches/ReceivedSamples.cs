using System.Security.Cryptography;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.Measurement.Launches;

/// <summary>The series of a <see cref="SamplesMessage"/>, checked: or what is wrong with it.</summary>
internal sealed record ReceivedSamples
{
    internal SampleSet? Samples { get; private init; }

    internal string? Problem { get; private init; }

    /// <summary>Reads whichever of the three forms the message has.</summary>
    /// <param name="message">The message.</param>
    /// <param name="concurrency">Concurrent loops that were asked for; null for a single one.</param>
    /// <param name="readFile">Reads a file of the work directory.</param>
    internal static ReceivedSamples Read(SamplesMessage message, int? concurrency, Func<string, byte[]>? readFile)
    {
        int forms = (message.Data is null ? 0 : 1) + (message.File is null ? 0 : 1) + (message.Values is null ? 0 : 1);
        if (forms != 1) return Wrong("needs exactly one of 'data', 'file', 'values'");
        int calls = message.CallsPerSample ?? 1;
        if (calls < 1) return Wrong($"callsPerSample {calls} is below 1");
        if (StreamProblem(message, concurrency) is { } problem) return Wrong(problem);
        try
        {
            SampleSet samples = message.Values is not null ? Plain(message.Values, calls)
                : SampleCodec.Decode(message.Data ?? FileBytes(message.File!, message.Sha256, readFile));
            return Check(concurrency is null ? samples : samples with { Streams = message.Streams! }, message.N, calls);
        }
        catch (InvalidDataException e)
        {
            return Wrong(e.Message);
        }
        catch (IOException e)
        {
            return Wrong($"file '{message.File}': {e.Message}");
        }
    }

    /// <summary>True for a name without any folder, so it cannot leave the work directory.</summary>
    internal static bool IsPlainName(string name) =>
        name.Length is > 0 and <= 255 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\\', '\0');

    private static string? StreamProblem(SamplesMessage message, int? concurrency)
    {
        if (concurrency is not { } loops) return null;
        if (message.Streams is not { } streams) return $"'streams' must say how many samples each of the {loops} loops has";
        if (streams.Count != loops) return $"'streams' has {streams.Count} numbers for {loops} loops";
        return streams.Any(count => count < 0) || streams.Sum(count => (long)count) != message.N ? $"'streams' are not {message.N} samples together" : null;
    }

    private static ReceivedSamples Check(SampleSet samples, int count, int calls)
    {
        if (samples.Nanoseconds.Count != count) return Wrong($"n is {count}, but there are {samples.Nanoseconds.Count} values");
        if (samples.CallsPerSample != calls) return Wrong($"callsPerSample is {calls}, but the series says {samples.CallsPerSample}");
        if (count == 0) return Wrong("no sample");
        long[] sorted = [.. samples.Nanoseconds];
        Array.Sort(sorted);
        if (sorted[0] < 0) return Wrong("a negative time");
        if (sorted[^1] > SampleCodec.MaximumNanoseconds) return Wrong($"a time of {sorted[^1]} ns");
        return sorted[sorted.Length / 2] == 0 ? Wrong("the median is 0 ns") : new ReceivedSamples { Samples = samples };
    }

    private static SampleSet Plain(IReadOnlyList<long> values, int callsPerSample) => values.Count > WorkerProtocol.PlainValueLimit
        ? throw new InvalidDataException($"{values.Count} plain values, at most {WorkerProtocol.PlainValueLimit} are read")
        : new SampleSet(values, callsPerSample);

    private static byte[] FileBytes(string name, string? sha256, Func<string, byte[]>? readFile)
    {
        if (!IsPlainName(name)) throw new InvalidDataException("'file' must be a plain file name in the work directory");
        if (sha256 is null) throw new InvalidDataException("'file' needs 'sha256'");
        if (readFile is null) throw new InvalidDataException("samples in files are not read here");
        byte[] bytes = readFile(name);
        return string.Equals(Convert.ToHexString(SHA256.HashData(bytes)), sha256, StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw new InvalidDataException("the file has another sha256");
    }

    private static ReceivedSamples Wrong(string what) => new() { Problem = $"'samples': {what}" };
}
