using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Fleetmark.Models.Emission;

/// <summary>
/// Recipe <c>synthetic-v1</c>: weights from integers alone, the same bytes on every machine. Each element depends only on the model's name,
/// the tensor's name and its index, so tensors are filled in any order and in parallel. Uniform with the variance of He initialisation:
/// constants and larger values overflow FP16 in deep networks, smaller ones become denormal, and both change what is measured.
/// </summary>
internal static class SyntheticWeights
{
    /// <summary>Name of the recipe, written into every file.</summary>
    internal const string Recipe = "synthetic-v1";

    /// <summary>Amplitude of every bias.</summary>
    internal const float BiasAmplitude = 0.01f;

    /// <summary>Applied to a convolution that feeds only additions: without it sums over many residual blocks overflow FP16.</summary>
    internal const float ResidualDamping = 0.25f;

    /// <summary>2⁶⁴ over the golden ratio: the step of SplitMix64.</summary>
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>√(6/fan_in) in float32.</summary>
    internal static float Amplitude(long fanIn) => (float)Math.Sqrt(6.0 / fanIn);

    /// <summary>The seed of one tensor.</summary>
    internal static ulong Seed(string model, string initializer) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"fleetmark-weights-v1|{model}|{initializer}")));

    /// <summary>Writes elements <paramref name="first"/> and following as little-endian float32 until <paramref name="target"/> is full.</summary>
    internal static void Fill(ulong seed, long first, float amplitude, Span<byte> target)
    {
        Span<float> values = MemoryMarshal.Cast<byte, float>(target);
        ulong state = seed + ((ulong)first * Step);
        for (int i = 0; i < values.Length; i++)
        {
            state += Step;
            ulong z = state;
            z ^= z >> 30;
            z *= 0xBF58476D1CE4E5B9;
            z ^= z >> 27;
            z *= 0x94D049BB133111EB;
            z ^= z >> 31;
            values[i] = ((int)(z >> 40) - (1 << 23)) * (1f / (1 << 23)) * amplitude;
        }

        LittleEndian(target);
    }

    /// <summary>Fills with one value, little-endian float32.</summary>
    internal static void Fill(float value, Span<byte> target)
    {
        MemoryMarshal.Cast<byte, float>(target).Fill(value);
        LittleEndian(target);
    }

    private static void LittleEndian(Span<byte> target)
    {
        if (BitConverter.IsLittleEndian) return;
        Span<int> words = MemoryMarshal.Cast<byte, int>(target);
        BinaryPrimitives.ReverseEndianness(words, words);
    }
}
