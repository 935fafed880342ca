using CsCheck;
using Fleetmark.Contracts.Plans;

namespace Fleetmark.Contracts.Tests.Plans;

public sealed class RoundOrderTests
{
    /// <summary>The first numbers for seed 1234567, as published with the generator's public-domain C code.</summary>
    [Fact]
    public void The_generator_is_SplitMix64()
    {
        ulong state = 1234567;

        ulong[] numbers = [.. Enumerable.Range(0, 5).Select(_ => RoundOrder.Next(ref state))];

        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL], numbers);
    }

    /// <summary>The orders were computed by a second implementation, in another language.</summary>
    [Theory]
    [InlineData(0L, 0, "4 9 2 5 1 7 6 0 3 8")]
    [InlineData(42L, 0, "0 3 5 7 9 8 2 1 4 6")]
    [InlineData(42L, 1, "6 5 1 4 7 3 2 9 8 0")]
    [InlineData(-1L, 9, "1 6 3 8 9 7 0 4 5 2")]
    public void A_stored_seed_gives_the_same_order_for_ever(long seed, int round, string expected) =>
        Assert.Equal(expected, string.Join(' ', RoundOrder.Permutation(10, seed, round)));

    [Fact]
    public void An_added_round_is_shuffled_as_any_other_and_stands_behind_every_earlier_one()
    {
        IReadOnlyList<int> fifth = RoundOrder.AddedRound(10, 42, 5);
        IReadOnlyList<int> sixth = RoundOrder.AddedRound(10, 42, 6);

        Assert.Equal(RoundOrder.Permutation(10, 42, 5), fifth.Index().OrderBy(c => c.Item).Select(c => c.Index));
        Assert.Equal(RoundOrder.Permutation(10, 42, 6), sixth.Index().OrderBy(c => c.Item).Select(c => c.Index));
        Assert.True(fifth.Max() < sixth.Min());
        Assert.True(RoundOrder.AddedRound(BenchmarkPlan.MaximumCells, 42, 1).Min() > BenchmarkPlan.MaximumCells * 20, "20 rounds of the largest plan come first");
        Assert.True(RoundOrder.AddedRound(BenchmarkPlan.MaximumCells, 42, 20).Min() > 0, "no overflow");
    }

    [Fact]
    public void Every_cell_occurs_once() => Gen.Select(Gen.Int[0, 300], Gen.Long, Gen.Int[0, 20])
        .Sample((count, seed, round) => Assert.Equal(Enumerable.Range(0, count), RoundOrder.Permutation(count, seed, round).Order()));

    /// <summary>Each of the 24 orders of four cells should come 1,000 times in 24,000 rounds; χ² with 23 degrees of freedom exceeds 49.7 once in a thousand seeds.</summary>
    [Fact]
    public void All_orders_are_equally_likely()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int round = 0; round < 24_000; round++)
        {
            string order = string.Join(' ', RoundOrder.Permutation(4, 20261123, round));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(n => (n - 1000.0) * (n - 1000.0) / 1000.0), 0, 49.7);
    }
}
