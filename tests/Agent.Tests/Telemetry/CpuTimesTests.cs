using Fleetmark.Agent.Telemetry;

namespace Fleetmark.Agent.Tests.Telemetry;

public sealed class CpuTimesTests
{
    private const string Stat = """
        cpu  1000 0 0 0 0 0 0 0 0 0
        cpu0 10 1 5 100 7 2 3 4 6 0
        cpu1 20 0 0 200 0 0 0 1 0 0
        cpu12 5 0 0 5 0 0 0 0 0 0
        intr 1
        """;

    [Fact]
    public void Busy_is_neither_idle_nor_waiting_nor_stolen_and_guests_count_once() =>
        Assert.Equal(new CpuTimes(Busy: 21, Stolen: 4, Total: 132), CpuTimes.Parse(Stat, [0]));

    [Fact]
    public void The_cores_asked_for_are_summed() => Assert.Equal(new CpuTimes(Busy: 41, Stolen: 5, Total: 353), CpuTimes.Parse(Stat, [0, 1]));

    [Fact]
    public void Core_1_is_not_core_12() => Assert.Equal(new CpuTimes(Busy: 20, Stolen: 1, Total: 221), CpuTimes.Parse(Stat, [1]));

    [Fact]
    public void A_core_that_is_not_there_makes_the_answer_unknown() => Assert.Null(CpuTimes.Parse(Stat, [0, 7]));
}
