namespace Fleetmark.Worker.Latency;

/// <summary>
/// Seeded values as a normalised image has them: uniform between black and white after subtracting the mean and dividing by the deviation of ImageNet's channels. Never
/// zeros, which draw less power and may be skipped.
/// </summary>
internal static class InputValues
{
    private const float Black = (0f - 0.485f) / 0.229f;
    private const float White = (1f - 0.406f) / 0.225f;
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Fills a tensor; the same seed gives the same values on every machine.</summary>
    internal static void Fill(Span<float> values, long seed)
    {
        ulong state = (ulong)seed;
        for (int i = 0; i < values.Length; i++)
        {
            state += Golden;
            // The upper 24 bits fill a float's mantissa exactly.
            float unit = (Mix(state) >> 40) * (1f / (1 << 24));
            values[i] = Black + (unit * (White - Black));
        }
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood, Fast splittable pseudorandom number generators, 2014).</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
