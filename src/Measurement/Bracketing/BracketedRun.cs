using System.Runtime.CompilerServices;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Bracketing;

/// <summary>Lets two ways of calling take turns, block by block in random order, so that the mood of the machine hits both alike.</summary>
public static class BracketedRun
{
    private const int StackAlignment = 16;
    private const int StackPositions = 256;

    /// <summary>Whether a ratio can be had of so many blocks of each kind.</summary>
    public static bool IsPossible(int blocks) => MedianInterval.Holds(blocks);

    /// <summary>Runs the blocks.</summary>
    /// <param name="control">The way that is compared with; runs before and after every block.</param>
    /// <param name="tested">The way in question.</param>
    /// <param name="blocks">Blocks of each kind: so many tested ones and so many idle ones.</param>
    /// <param name="callsPerBlock">Calls of a block.</param>
    /// <param name="seed">Of the order.</param>
    /// <param name="cancel">Looked at between blocks.</param>
    public static BlockSeries Run(TimedBlock control, TimedBlock tested, int blocks, int callsPerBlock, int seed, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(tested);
        var random = new Random(seed);
        bool[] isTested = Order(blocks, random);
        double[] controlNs = new double[isTested.Length + 1];
        double[] blockNs = new double[isTested.Length];
        long[] elapsed = GC.AllocateArray<long>(callsPerBlock, pinned: true);
        long allocated = 0;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        int collectionsBefore = GC.CollectionCount(0);
        controlNs[0] = Median(control, elapsed, random);
        for (int i = 0; i < isTested.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            blockNs[i] = Median(isTested[i] ? tested : control, elapsed, random);
            if (isTested[i]) allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
            controlNs[i + 1] = Median(control, elapsed, random);
        }

        return new BlockSeries
        {
            ControlNs = controlNs,
            BlockNs = blockNs,
            IsTested = isTested,
            CallsPerBlock = callsPerBlock,
            AllocatedBytes = allocated,
            Collections = GC.CollectionCount(0) - collectionsBefore,
        };
    }

    private static bool[] Order(int blocks, Random random)
    {
        bool[] isTested = [.. Enumerable.Repeat(true, blocks), .. Enumerable.Repeat(false, blocks)];
        random.Shuffle(isTested);
        return isTested;
    }

    /// <summary>
    /// Median of a block that runs at a random place of the stack. Where a caller's frames lie in respect of the data makes a call of 10 µs up to 1 % faster or slower, by
    /// chance and for the whole life of a process; so it belongs to the chance that the blocks average over.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Median(TimedBlock block, long[] elapsed, Random random)
    {
        _ = stackalloc byte[StackAlignment * random.Next(StackPositions)];
        block(elapsed);
        return BlockInterval.MedianOf(elapsed, elapsed);
    }
}
