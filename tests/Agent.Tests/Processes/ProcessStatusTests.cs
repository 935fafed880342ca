using Fleetmark.Agent.Processes;

namespace Fleetmark.Agent.Tests.Processes;

public sealed class ProcessStatusTests
{
    [Fact]
    public void A_program_name_may_hold_anything()
    {
        const string line = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 0 0 0 10 20 3 4 20 0 1 0 98765 1000 1 18446744073709551615";
        Assert.Equal(new ProcessStatus(StartTicks: 98765, CpuTicks: 37, IsGone: false), ProcessStatus.Parse(line));
    }

    [Fact]
    public void A_zombie_is_gone() => Assert.True(ProcessStatus.Parse("42 (x) Z 1 42 42 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0")!.IsGone);

    [Fact]
    public void There_is_no_status_of_nobody() => Assert.Null(ProcessStatus.Of(int.MaxValue));

    [Fact]
    public void A_broken_line_is_no_status() => Assert.Null(ProcessStatus.Parse("42 x S 1"));
}
