using System.Buffers.Binary;
using CsCheck;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.Measurement.Tests.Samples;

public sealed class SampleCodecTests
{
    private static readonly Gen<long[]> Series = Gen.OneOf(Gen.Long[0, 1L << 20], Gen.Long[0, 1L << 33], Gen.Long[0, SampleCodec.MaximumNanoseconds]).Array[0, 300];

    [Theory]
    [InlineData("464d5331010001000500000001000000845851861400000001020000ff00000100ff00000001ff00000000ff", 1, new[] { 1L, 2, 256, 65536, 4294967295 })]
    [InlineData("464d5331010401000300000003000000ba84ed1d0c000000000100000000000000100000", 3, new[] { 4294967296L, 16, 0 })]
    [InlineData("464d533101000100000000000100000070b0020c00000000", 1, new long[0])]
    public void Golden_plain_series_written_by_another_program_is_decoded(string hex, int callsPerSample, long[] nanoseconds)
    {
        SampleSet samples = SampleCodec.Decode(Convert.FromHexString(hex));
        Assert.Equal(nanoseconds, samples.Nanoseconds);
        Assert.Equal(callsPerSample, samples.CallsPerSample);
    }

    [Fact]
    public void Golden_brotli_series_is_decoded()
    {
        SampleSet samples = SampleCodec.Decode(Convert.FromHexString(GoldenBrotli));
        Assert.Equal(Enumerable.Range(0, 64).Select(i => 1000L + (i % 8)), samples.Nanoseconds);
    }

    [Fact]
    public void What_was_encoded_is_decoded_up_to_half_a_unit() => Series.Sample(values =>
    {
        byte[] bytes = SampleCodec.Encode(values, 7);
        SampleSet samples = SampleCodec.Decode(bytes);
        int shift = bytes[5];
        long half = shift == 0 ? 0 : 1L << (shift - 1);
        Assert.Equal(7, samples.CallsPerSample);
        Assert.Equal(values.Length, samples.Nanoseconds.Count);
        for (int i = 0; i < values.Length; i++) Assert.InRange(samples.Nanoseconds[i] - values[i], -half, half);
    });

    [Fact]
    public void Encoding_what_was_decoded_changes_nothing() => Series.Sample(values =>
    {
        IReadOnlyList<long> once = SampleCodec.Decode(SampleCodec.Encode(values, 1)).Nanoseconds;
        Assert.Equal(once, SampleCodec.Decode(SampleCodec.Encode([.. once], 1)).Nanoseconds);
    });

    [Theory]
    [InlineData(0L, 0)]
    [InlineData(4_294_967_295L, 0)]
    [InlineData(4_294_967_296L, 4)]
    [InlineData(68_719_476_727L, 4)]
    [InlineData(68_719_476_728L, 8)]
    [InlineData(SampleCodec.MaximumNanoseconds, 8)]
    public void The_unit_is_the_smallest_that_holds_the_largest_value(long largest, int shift) => Assert.Equal(shift, SampleCodec.Encode([largest, 1], 1)[5]);

    [Fact]
    public void A_sample_beyond_the_coarsest_unit_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleCodec.Encode([SampleCodec.MaximumNanoseconds + 1], 1));

    [Fact]
    public void Negative_time_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => SampleCodec.Encode([5, -1], 1));

    [Theory]
    [InlineData(10_000, 1.4)]
    [InlineData(5_000_000, 2.5)]
    public void A_series_with_one_percent_of_noise_takes_few_bytes_a_sample(double median, double most)
    {
        var random = new Random(20210614);
        long[] samples = [.. Enumerable.Range(0, 10_000).Select(_ => (long)Math.Round(median * (1 + (0.01 * Gauss(random)))))];
        Assert.InRange((double)SampleCodec.Encode(samples, 1).Length / samples.Length, 0.5, most);
    }

    [Theory]
    [InlineData(10_000, 0.01)]
    [InlineData(4e9, 0.3)]
    public void A_flipped_bit_is_detected_wherever_it_changes_a_sample(double median, double spread)
    {
        var random = new Random(1);
        long[] samples = [.. Enumerable.Range(0, 200).Select(_ => (long)Math.Round(median * (1 + (spread * random.NextDouble()))))];
        byte[] bytes = SampleCodec.Encode(samples, 1);
        long[] stored = [.. SampleCodec.Decode(bytes).Nanoseconds];
        int detected = 0;
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                SampleSet read = SampleCodec.Decode(bytes);
                Assert.Equal(stored, read.Nanoseconds);
                Assert.Equal(1, read.CallsPerSample);
            }
            catch (InvalidDataException)
            {
                detected++;
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        // A Brotli stream has a few bits that mean nothing.
        Assert.InRange(detected, bytes.Length * 8 * 0.99, bytes.Length * 8);
    }

    [Fact]
    public void Ten_million_samples_make_the_round_trip()
    {
        long[] values = new long[SampleCodec.MaximumCount];
        for (int i = 0; i < values.Length; i++) values[i] = i % 1000;
        Assert.Equal(values, SampleCodec.Decode(SampleCodec.Encode(values, 1)).Nanoseconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleCodec.Encode(new long[SampleCodec.MaximumCount + 1], 1));
    }

    [Theory]
    [InlineData(0, 'X', "FMS1")]
    [InlineData(4, 2, "version 2")]
    [InlineData(5, 1, "shift 1")]
    [InlineData(6, 2, "body encoding 2")]
    [InlineData(7, 1, "byte 7")]
    [InlineData(8, 4, "4 values")]
    [InlineData(11, 255, "count")]
    [InlineData(12, 0, "calls per sample 0")]
    [InlineData(16, 0, "checksum")]
    [InlineData(20, 21, "body length")]
    [InlineData(30, 77, "checksum")]
    public void Each_wrong_field_is_named(int offset, int value, string named)
    {
        byte[] bytes = Convert.FromHexString("464d5331010001000500000001000000845851861400000001020000ff00000100ff00000001ff00000000ff");
        bytes[offset] = (byte)value;
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => SampleCodec.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_coarser_unit_than_the_values_need_is_refused()
    {
        byte[] bytes = Convert.FromHexString("464d5331010401000300000001000000a1d4a2590c000000010203000000000000000000"); // 1, 2, 3 in units of 16 ns
        Assert.Contains("shift 4 is larger", Assert.Throws<InvalidDataException>(() => SampleCodec.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_after_the_body_are_refused()
    {
        byte[] bytes = [.. Convert.FromHexString(GoldenBrotli), 0];
        Assert.Throws<InvalidDataException>(() => SampleCodec.Decode(bytes));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), bytes.Length - 24);
        Assert.Contains("follow the Brotli body", Assert.Throws<InvalidDataException>(() => SampleCodec.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decompression_bomb_is_refused_without_writing_past_the_count()
    {
        byte[] bytes = SampleCodec.Encode(new long[1_000_000], 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 10);
        Assert.Contains("DestinationTooSmall", Assert.Throws<InvalidDataException>(() => SampleCodec.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_bytes_decode_or_are_refused_but_nothing_else() =>
        Gen.Select(Series, Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[1, 4], Gen.Int[0, 30]).Sample((values, changes, cut) =>
        {
            byte[] bytes = SampleCodec.Encode(values, 1);
            foreach ((int at, byte value) in changes) bytes[at % bytes.Length] = value;
            try
            {
                SampleSet samples = SampleCodec.Decode(bytes.AsSpan(0, Math.Max(0, bytes.Length - cut)));
                Assert.All(samples.Nanoseconds, value => Assert.InRange(value, 0, (long)uint.MaxValue << 8));
            }
            catch (InvalidDataException)
            {
                // Named and refused.
            }
        });

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private const string GoldenBrotli = "464d53310100000040000000010000009bf7c364190000001bff0000c4398682a995b793cffc9358014e444e67ef4b3e03";
}
