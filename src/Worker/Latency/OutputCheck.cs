using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Latency;

/// <summary>Looks at the output of one call: a number from a model that computes nonsense is none.</summary>
internal static class OutputCheck
{
    private const int HeadLength = 16;

    /// <summary>Describes an output.</summary>
    /// <param name="values">All values, row by row.</param>
    /// <param name="classes">Length of a row, at least 1.</param>
    internal static OutputReport Describe(ReadOnlySpan<float> values, int classes)
    {
        bool finite = true;
        int denormals = 0;
        foreach (float value in values)
        {
            finite &= float.IsFinite(value);
            if (float.IsSubnormal(value)) denormals++;
        }

        int[] top1 = new int[values.Length / classes];
        for (int row = 0; row < top1.Length; row++) top1[row] = Largest(values.Slice(row * classes, classes));
        return new OutputReport
        {
            Finite = finite,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values))),
            Denormals = denormals,
            Top1 = top1,
            // JSON has no word for what is not finite.
            Head = finite ? values[..Math.Min(HeadLength, classes)].ToArray() : null,
        };
    }

    private static int Largest(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
            if (row[i] > row[best]) best = i;
        return best;
    }
}
