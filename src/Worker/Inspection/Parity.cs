using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Inspection;

/// <summary>Compares what two models answer to the same images.</summary>
internal static class Parity
{
    /// <summary>The comparison of all images both have answered.</summary>
    /// <param name="original">Outputs of the original by image; finite.</param>
    /// <param name="converted">Outputs of the converted model by image.</param>
    internal static PrecisionCheck Compare(IReadOnlyDictionary<int, float[]> original, IReadOnlyDictionary<int, float[]> converted)
    {
        int agreements = 0, ties = 0;
        double largest = 0, cosine = 1;
        bool finite = true;
        foreach ((int image, float[] answer) in converted)
        {
            float[] expected = original[image];
            for (int i = 0; i < answer.Length; i++)
                if (float.IsFinite(answer[i])) largest = Math.Max(largest, Math.Abs((double)answer[i] - expected[i]));
            bool isFinite = answer.All(float.IsFinite);
            finite &= isFinite;
            cosine = Math.Min(cosine, isFinite ? Cosine(expected, answer) : 0);
            if (!isFinite) continue;
            if (Top(expected) == Top(answer)) agreements++;
            else if (IsTie(expected, answer)) ties++;
        }

        return new PrecisionCheck { Inputs = converted.Count, Top1Agreements = agreements, Ties = ties, MaxAbsDifference = largest, MinCosine = cosine, Finite = finite };
    }

    /// <summary>The images whose answers contradict the original.</summary>
    internal static IReadOnlyList<int> Disagreeing(IReadOnlyDictionary<int, float[]> original, IReadOnlyDictionary<int, float[]> converted) =>
        [.. converted.Where(a => !a.Value.All(float.IsFinite) || (Top(original[a.Key]) != Top(a.Value) && !IsTie(original[a.Key], a.Value))).Select(a => a.Key)];

    /// <summary>True when the original's value at the index the converted model chose is at most one step of FP16 below its largest: no FP16 output could tell them apart.</summary>
    private static bool IsTie(float[] expected, float[] answer)
    {
        float best = expected[Top(expected)], chosen = expected[Top(answer)];
        Half size = (Half)Math.Max(Math.Abs(best), Math.Abs(chosen));
        return best - chosen <= (float)(Half.BitIncrement(size) - size);
    }

    private static int Top(float[] values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }

    private static double Cosine(float[] a, float[] b)
    {
        double product = 0, sizeA = 0, sizeB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            sizeA += (double)a[i] * a[i];
            sizeB += (double)b[i] * b[i];
        }

        // Two zero vectors are equal; one alone has no direction to share.
        return sizeA == 0 && sizeB == 0 ? 1 : sizeA == 0 || sizeB == 0 ? 0 : product / Math.Sqrt(sizeA * sizeB);
    }
}
