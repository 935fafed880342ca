using Fleetmark.Agent.Clocks;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Nvml;
using Fleetmark.Agent.Tests.Nvml;
using Fleetmark.Contracts.Jobs;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Tests.Clocks;

[Collection(nameof(OneLibraryAtATime))]
public sealed class ClockKeeperTests : IDisposable
{
    private const int LeftOver = 5951;
    private const int StaysLocked = 5952;

    private static readonly Device Card = new() { Uuid = "GPU-8", Vendor = "nvidia", Name = "Tesla T4", MemoryMib = 1, Cpus = [0] };
    private static readonly ClockPolicy Base = new(ClockRule.Base);

    private readonly TemporaryFolder _folder = new();
    private readonly RecordedLog _log = new();

    public ClockKeeperTests()
    {
        FakeNvml.Reset();
        Directory.CreateDirectory(_folder.At("agent"));
    }

    public void Dispose() => _folder.Dispose();

    private string Marker => _folder.At("agent", "locked-clocks");

    [Theory]
    [InlineData(ClockRule.Base, 0, 585)]
    [InlineData(ClockRule.Maximum, 0, 1600)]
    [InlineData(ClockRule.Fixed, 900, 900)]
    public void A_policy_locks_the_card_to_its_clock_until_it_is_given_back(ClockRule rule, int megahertz, int locked)
    {
        ClockLock clocks = Keeper().Lock(Card, new ClockPolicy(rule, megahertz));

        Assert.True(clocks.IsHeld);
        Assert.Equal(locked, clocks.Megahertz);
        Assert.Equal([$"lock {locked}"], Clocks());
        Assert.Equal(["GPU-8"], File.ReadAllLines(Marker));
        clocks.Dispose();
        Assert.Equal([$"lock {locked}", "reset 0"], Clocks());
        Assert.Empty(File.ReadAllLines(Marker));
    }

    [Fact]
    public void The_file_names_the_card_before_it_is_locked()
    {
        // A folder in the file's place: it cannot be written.
        Directory.CreateDirectory(Marker);

        ClockLock clocks = Keeper().Lock(Card, Base);

        Assert.Equal((false, FailureCode.Internal), (clocks.IsHeld, clocks.Code));
        Assert.Empty(Clocks());
    }

    [Fact]
    public void A_launch_that_asks_for_nothing_touches_nothing()
    {
        using (ClockLock clocks = Keeper().Lock(Card, ClockPolicy.Free)) Assert.Equal((true, null), (clocks.IsHeld, clocks.Megahertz));
        Keeper().ResetLeftOver();

        Assert.Empty(Clocks());
        Assert.False(File.Exists(Marker));
    }

    [Theory]
    [InlineData(NvmlCode.NoPermission, "unsupported:clocks-need-root", "an agent that runs as root may")]
    [InlineData(NvmlCode.NotSupported, "unsupported:clocks-not-offered", "the card does not offer 585 MHz")]
    [InlineData(NvmlCode.InvalidArgument, "unsupported:clocks-not-offered", "the card does not offer 585 MHz")]
    [InlineData(NvmlCode.GpuIsLost, "driver-fault", "NVML code 15")]
    public void A_lock_that_the_driver_refuses_is_refused_with_the_reason_and_leaves_nothing(int code, string failure, string text)
    {
        FakeNvml.Codes["lock"] = code;

        using ClockLock clocks = Keeper().Lock(Card, Base);

        Assert.Equal((false, failure), (clocks.IsHeld, clocks.Code));
        Assert.Contains("clocks 'base' cannot be had on Tesla T4 GPU-8", clocks.Text, StringComparison.Ordinal);
        Assert.Contains(text, clocks.Text, StringComparison.Ordinal);
        Assert.Empty(File.ReadAllLines(Marker));
        clocks.Dispose();
        Assert.Equal(["lock 585"], Clocks());
    }

    [Fact]
    public void A_clock_that_the_driver_does_not_tell_is_not_offered()
    {
        FakeNvml.Codes["base-clock"] = NvmlCode.NotSupported;

        ClockLock clocks = Keeper().Lock(Card, Base);

        Assert.Equal("unsupported:clocks-not-offered", clocks.Code);
        Assert.Empty(Clocks());
    }

    [Fact]
    public void Neither_a_cpu_nor_an_instance_of_a_divided_card_is_locked()
    {
        Assert.Equal("unsupported:clocks-of-cpu", Keeper().Lock(Card with { Vendor = "cpu", Uuid = "cpu-1" }, Base).Code);
        Assert.Equal("unsupported:clocks-of-shared-card", Keeper().Lock(Card with { Uuid = "MIG-71" }, Base).Code);
        Assert.True(Keeper().Lock(Card with { Uuid = "MIG-71" }, ClockPolicy.Free).IsHeld);
        Assert.Empty(Clocks());
    }

    [Fact]
    public void A_lock_that_an_earlier_agent_left_is_reset_and_one_of_somebody_else_is_not()
    {
        Keeper().Lock(Card, Base);
        FakeNvml.Calls.Clear();

        Keeper().ResetLeftOver();

        Assert.Equal(["reset 0"], Clocks());
        Assert.Contains("GPU-8", Assert.Single(_log.Of(LeftOver)), StringComparison.Ordinal);
        Keeper().ResetLeftOver();
        Assert.Equal(["reset 0"], Clocks());
    }

    [Fact]
    public void A_card_that_cannot_be_reset_is_remembered_and_gets_no_launch_that_asks_for_free_clocks()
    {
        ClockLock clocks = Keeper().Lock(Card, Base);
        FakeNvml.Codes["reset"] = NvmlCode.NoPermission;
        clocks.Dispose();
        Assert.Contains("GPU-8", Assert.Single(_log.Of(StaysLocked)), StringComparison.Ordinal);
        Keeper().ResetLeftOver();
        Assert.Empty(_log.Of(LeftOver));
        Assert.Equal(["GPU-8"], File.ReadAllLines(Marker));
        Assert.Equal("driver-fault", Keeper().Lock(Card, ClockPolicy.Free).Code);
        Assert.True(Keeper().Lock(Card, Base).IsHeld);

        FakeNvml.Codes.Clear();

        Assert.True(Keeper().Lock(Card, ClockPolicy.Free).IsHeld);
        Assert.Empty(File.ReadAllLines(Marker));
    }

    [Fact]
    public void Cards_are_remembered_apart()
    {
        var cards = new LockedCards(Options.Create(new AgentOptions { DataFolder = _folder.At("agent") }));
        Assert.Empty(cards.All());
        cards.Add("GPU-1");
        cards.Add("GPU-2");
        cards.Add("GPU-1");
        Assert.Equal(["GPU-1", "GPU-2"], cards.All());
        cards.Remove("GPU-1");
        Assert.Equal(["GPU-2"], cards.All());
    }

    /// <summary>As a new agent over the same folder.</summary>
    private ClockKeeper Keeper() =>
        new(NvmlLibrary.Open(FakeNvml.Symbol), new LockedCards(Options.Create(new AgentOptions { DataFolder = _folder.At("agent") })), _log.For<ClockKeeper>());

    private static IEnumerable<string> Clocks() => FakeNvml.Calls.Where(call => call.Function is "lock" or "reset").Select(call => $"{call.Function} {call.Selector}");
}
