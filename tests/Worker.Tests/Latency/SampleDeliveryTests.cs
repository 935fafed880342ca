using System.Security.Cryptography;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Worker.Latency;
using Fleetmark.Worker.Protocol;

namespace Fleetmark.Worker.Tests.Latency;

public sealed class SampleDeliveryTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    private string WorkDir => Path.GetDirectoryName(_folder.At("x"))!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Samples_that_fit_a_line_come_in_it()
    {
        long[] samples = Noise(10_000);
        SamplesMessage message = SampleDelivery.Of(samples, callsPerSample: 3, WorkDir);
        Assert.Null(message.File);
        Assert.Equal(3, message.CallsPerSample);
        Assert.Equal(samples.Length, message.N);
        Assert.Equal(samples, SampleCodec.Decode(message.Data!).Nanoseconds);
        Assert.False(File.Exists(Path.Combine(WorkDir, SampleDelivery.FileName)));
    }

    [Fact]
    public void More_samples_than_fit_a_line_come_in_a_file()
    {
        long[] samples = Noise(300_000);
        SamplesMessage message = SampleDelivery.Of(samples, callsPerSample: 1, WorkDir);
        Assert.Null(message.Data);
        Assert.Equal("samples-latency.fms", message.File);
        byte[] file = File.ReadAllBytes(Path.Combine(WorkDir, SampleDelivery.FileName));
        Assert.Equal(message.Sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Equal(samples, SampleCodec.Decode(file).Nanoseconds);
    }

    [Fact]
    public void A_work_directory_that_takes_no_file_is_named()
    {
        var failure = Assert.Throws<WorkerException>(() => SampleDelivery.Of(Noise(300_000), callsPerSample: 1, _folder.At("none")));
        Assert.Equal(WorkerErrorCode.BadRequest, failure.Code);
        Assert.Contains(_folder.At("none"), failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Values that no encoding makes shorter: four bytes each.</summary>
    private static long[] Noise(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(1L << 32))];
    }
}
