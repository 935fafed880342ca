using Fleetmark.Agent.Models;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Tests.Models;

public sealed class HalfSearchTests
{
    private readonly List<string> _converted = [];

    [Fact]
    public async Task A_model_that_agrees_is_found_at_the_first_look()
    {
        HalfFinding<string> found = (await SearchAsync([], _ => Agreeing))!;
        Assert.True(found.Agrees);
        Assert.Equal([""], _converted);
        Assert.Empty(found.Keep);
        Assert.Null(found.Overflow);
    }

    [Fact]
    public async Task Nodes_to_blame_stay_in_FP32_until_it_agrees_and_the_first_overflow_is_remembered()
    {
        HalfFinding<string> found = (await SearchAsync(["m"], look => look switch
        {
            0 => Blaming("z") with { FirstOverflow = "tensor 'z'" },
            1 => Blaming("a", "z") with { FirstOverflow = "tensor 'a'" },
            _ => Agreeing,
        }))!;
        Assert.True(found.Agrees);
        Assert.Equal(["m", "m z", "a m z"], _converted);
        Assert.Equal(["a", "m", "z"], found.Keep);
        Assert.Equal("tensor 'z'", found.Overflow);
    }

    [Fact]
    public async Task It_ends_when_no_further_node_is_blamed()
    {
        HalfFinding<string> found = (await SearchAsync([], _ => Blaming("a")))!;
        Assert.False(found.Agrees);
        Assert.Equal(["", "a"], _converted);
        Assert.Equal("the FP16 model disagrees with its source, also with 1 nodes in FP32", found.Problem);
    }

    [Fact]
    public async Task It_ends_after_four_looks()
    {
        HalfFinding<string> found = (await SearchAsync([], look => Blaming($"n{look}") with { FirstOverflow = "tensor 'n'" }))!;
        Assert.False(found.Agrees);
        Assert.Equal(["", "n0", "n0 n1", "n0 n1 n2"], _converted);
        Assert.Equal("tensor 'n' overflows in FP16, also with 3 nodes in FP32", found.Problem);
    }

    [Fact]
    public async Task A_verb_that_gives_up_ends_it()
    {
        Assert.Null(await SearchAsync([], _ => null));
        Assert.Null(await HalfSearch.RunAsync<string>([], _ => Task.FromResult<string?>(null), (_, _, _) => throw new InvalidOperationException("there is no file")));
    }

    private Task<HalfFinding<string>?> SearchAsync(IReadOnlyList<string> keep, Func<int, PrecisionCheck?> check) => HalfSearch.RunAsync<string>(
        keep,
        nodes =>
        {
            _converted.Add(string.Join(' ', nodes));
            return Task.FromResult<string?>("file");
        },
        (_, _, look) => Task.FromResult(check(look) is { } told ? Inspected with { PrecisionCheck = told } : null));

    private static InspectedMessage Inspected { get; } = new()
    {
        Graph = new GraphReport { Sha256 = new string('a', 64), Ops = new Dictionary<string, int>(), InputTypes = new Dictionary<string, int>() },
        Effective = new EffectiveReport(),
    };

    private static PrecisionCheck Agreeing { get; } =
        new() { Inputs = PrecisionCheck.SeededInputs, Top1Agreements = PrecisionCheck.SeededInputs, MaxAbsDifference = 0, MinCosine = 1, Finite = true };

    private static PrecisionCheck Blaming(params string[] nodes) => Agreeing with { Top1Agreements = 1, Keep = nodes };
}
