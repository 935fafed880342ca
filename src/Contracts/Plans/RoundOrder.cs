namespace Fleetmark.Contracts.Plans;

/// <summary>
/// The order of the cells inside a round: a fresh shuffle for every round, so that slow drift of a machine hits all cells alike and never lines up with batch or
/// precision. Integers alone decide, so a stored seed gives the same order on every machine and in every version; the values are pinned by a test.
/// </summary>
public static class RoundOrder
{
    /// <summary>2⁶⁴ over the golden ratio: the step of SplitMix64.</summary>
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>More than any expansion has jobs: rounds that are added later stand behind all planned ones, each behind the one before.</summary>
    private const int AddedRoundKeys = 10_000_000;

    /// <summary>Order keys of a round that is added to a run behind its planned ones, by the number of the cell; the same whenever and by whomever it is added.</summary>
    /// <param name="cells">Cells of the run.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="repetition">The repetition that is added, from 1.</param>
    public static IReadOnlyList<int> AddedRound(int cells, long seed, short repetition)
    {
        int[] keys = new int[cells];
        int next = repetition * AddedRoundKeys;
        foreach (int cell in Permutation(cells, seed, repetition)) keys[cell] = next++;
        return keys;
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1, shuffled (Fisher-Yates) by SplitMix64 over (seed, round).</summary>
    internal static int[] Permutation(int count, long seed, int round)
    {
        // Neighbouring states would be one stream, shifted: the rounds would repeat each other's numbers.
        ulong state = Mix(Mix((ulong)seed) + (ulong)round);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int last = count - 1; last > 0; last--)
        {
            int chosen = (int)Below((ulong)last + 1, ref state);
            (order[chosen], order[last]) = (order[last], order[chosen]);
        }

        return order;
    }

    /// <summary>The next number of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    internal static ulong Next(ref ulong state)
    {
        state += Step;
        return Mix(state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number below <paramref name="bound"/>, each equally likely: the high half of a product, redrawn where the low half would favour some (Lemire 2019).</summary>
    private static ulong Below(ulong bound, ref ulong state)
    {
        ulong threshold = unchecked(0 - bound) % bound;
        while (true)
        {
            ulong high = Math.BigMul(Next(ref state), bound, out ulong low);
            if (low >= threshold) return high;
        }
    }
}
