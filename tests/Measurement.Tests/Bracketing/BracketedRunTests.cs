using System.Runtime.CompilerServices;
using Fleetmark.Measurement.Bracketing;

namespace Fleetmark.Measurement.Tests.Bracketing;

public sealed class BracketedRunTests
{
    private const double ControlNs = 1000;
    private const double TestedNs = 1100;
    private static readonly byte[] Origin = GC.AllocateArray<byte>(1, pinned: true);

    [Fact]
    public void Each_block_stands_between_two_controls()
    {
        var order = new List<char>();

        BlockSeries series = BracketedRun.Run(Block(ControlNs, () => order.Add('c')), Block(TestedNs, () => order.Add('t')), blocks: 6, callsPerBlock: 5, seed: 1, CancellationToken.None);

        Assert.Equal(25, order.Count);
        Assert.All(Enumerable.Range(0, 13), i => Assert.Equal('c', order[2 * i]));
        Assert.Equal(series.IsTested, Enumerable.Range(0, 12).Select(i => order[(2 * i) + 1] == 't'));
        Assert.Equal(6, series.IsTested.Count(isTested => isTested));
        Assert.All(series.ControlNs, ns => Assert.Equal(ControlNs, ns));
        Assert.Equal(series.IsTested.Select(isTested => isTested ? TestedNs : ControlNs), series.BlockNs);
        Assert.Equal(5, series.CallsPerBlock);
        Assert.Equal(1.1, BracketedRatio.Of(series).Tested.Median, 12);
    }

    [Fact]
    public void The_order_is_random_and_the_same_for_the_same_seed()
    {
        IReadOnlyList<bool> first = OrderOf(seed: 1);

        Assert.Equal(first, OrderOf(seed: 1));
        Assert.NotEqual(first, OrderOf(seed: 2));
        Assert.NotEqual(first, first.OrderDescending());
    }

    [Fact]
    public void Blocks_of_both_kinds_run_at_many_places_of_the_stack()
    {
        var control = new HashSet<nint>();
        var tested = new HashSet<nint>();

        BracketedRun.Run(Block(ControlNs, () => control.Add(Place())), Block(TestedNs, () => tested.Add(Place())), blocks: 50, callsPerBlock: 1, seed: 1, CancellationToken.None);

        Assert.InRange(control.Count, 80, 151);
        Assert.InRange(tested.Count, 35, 50);
        Assert.All(control.Concat(tested), place => Assert.Equal(control.First() % 16, place % 16));
    }

    [Fact]
    public void A_block_is_its_median_call()
    {
        TimedBlock uneven = static elapsed =>
        {
            for (int i = 0; i < elapsed.Length; i++) elapsed[i] = i == 0 ? 1_000_000 : 100;
        };

        Assert.All(BracketedRun.Run(uneven, uneven, blocks: 6, callsPerBlock: 5, seed: 1, CancellationToken.None).BlockNs, ns => Assert.Equal(100, ns));
    }

    [Fact]
    public void What_the_tested_blocks_allocate_is_counted_and_nothing_else()
    {
        byte[] kept = [];

        BlockSeries wasteful = BracketedRun.Run(Block(ControlNs, () => kept = new byte[5000]), Block(TestedNs, () => kept = new byte[1000]), blocks: 6, callsPerBlock: 5, seed: 1, CancellationToken.None);

        Assert.InRange(wasteful.AllocatedBytes, 6 * 1000, 6 * 1100);
        Assert.NotEmpty(kept);
        Assert.Equal(0, BracketedRun.Run(Block(ControlNs), Block(TestedNs), blocks: 6, callsPerBlock: 5, seed: 1, CancellationToken.None).AllocatedBytes);
    }

    [Fact]
    public void A_collection_between_the_blocks_is_counted()
    {
        int blocks = 0;
        TimedBlock collecting = Block(TestedNs, () =>
        {
            if (++blocks == 3) GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        });

        Assert.InRange(BracketedRun.Run(Block(ControlNs), collecting, blocks: 6, callsPerBlock: 5, seed: 1, CancellationToken.None).Collections, 1, int.MaxValue);
    }

    [Fact]
    public void It_stops_between_blocks_when_told_to()
    {
        using var cancel = new CancellationTokenSource();
        int blocks = 0;
        TimedBlock cancelling = Block(TestedNs, () =>
        {
            blocks++;
            cancel.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => BracketedRun.Run(Block(ControlNs), cancelling, blocks: 6, callsPerBlock: 5, seed: 1, cancel.Token));
        Assert.Equal(1, blocks);
    }

    private static IReadOnlyList<bool> OrderOf(int seed) => BracketedRun.Run(Block(ControlNs), Block(TestedNs), blocks: 20, callsPerBlock: 1, seed, CancellationToken.None).IsTested;

    /// <summary>Where the caller's frame lies, counted from a byte that does not move.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Place()
    {
        byte local = 0;
        return Unsafe.ByteOffset(ref Origin[0], ref local);
    }

    private static TimedBlock Block(double nanoseconds, Action? happening = null) => elapsed =>
    {
        happening?.Invoke();
        elapsed.Fill((long)nanoseconds);
    };
}
