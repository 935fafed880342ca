using CsCheck;
using Fleetmark.Worker.Inspection;

namespace Fleetmark.Worker.Tests.Inspection;

public sealed class SmallestSetTests
{
    [Fact]
    public void Of_any_members_exactly_those_that_are_needed_are_found() =>
        Gen.Int[1, 60].SelectMany(n => Gen.Int[0, n - 1].Array[1, 5].Select(needed => (n, needed.ToHashSet()))).Sample((n, needed) =>
            SmallestSet.Find([.. Enumerable.Range(0, n)], needed.IsSubsetOf).SequenceEqual(needed.Order()));

    [Fact]
    public void One_of_a_hundred_is_found_with_few_questions()
    {
        int questions = 0;
        IReadOnlyList<int> found = SmallestSet.Find([.. Enumerable.Range(0, 100)], set =>
        {
            questions++;
            return set.Contains(73);
        });
        Assert.Equal([73], found);
        Assert.InRange(questions, 1, 16);
    }

    [Fact]
    public void Where_either_of_two_would_do_one_is_found() => Assert.Single(SmallestSet.Find([.. Enumerable.Range(0, 10)], set => set.Contains(2) || set.Contains(8)));
}
