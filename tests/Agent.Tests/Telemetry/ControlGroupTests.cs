using Fleetmark.Agent.Telemetry;

namespace Fleetmark.Agent.Tests.Telemetry;

public sealed class ControlGroupTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    private ControlGroup Group => new(new HostFiles(_root.Path));

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Version_2_the_tightest_limit_on_the_way_up_counts()
    {
        _root.Save("proc/self/cgroup", "0::/pod/agent\n");
        _root.Save("sys/fs/cgroup/pod/agent/cpu.max", "max 100000\n");
        _root.Save("sys/fs/cgroup/pod/cpu.max", "150000 100000\n");
        _root.Save("sys/fs/cgroup/cpu.max", "400000 100000\n");
        _root.Save("sys/fs/cgroup/pod/memory.max", "1073741824\n");
        _root.Save("sys/fs/cgroup/pod/agent/memory.max", "max\n");
        _root.Save("sys/fs/cgroup/pod/agent/cpu.stat", "usage_usec 5\nnr_periods 10\nnr_throttled 3\n");
        _root.Save("sys/fs/cgroup/pod/cpu.stat", "nr_throttled 4\n");
        Assert.Equal(1.5, Group.CpuQuota());
        Assert.Equal(1L << 30, Group.MemoryLimit());
        Assert.Equal(7, Group.Throttled());
    }

    [Fact]
    public void Version_1_has_a_tree_for_each_controller()
    {
        _root.Save("proc/self/cgroup", "4:memory:/box\n2:cpu,cpuacct:/\n0::/\n");
        _root.Save("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n");
        _root.Save("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        _root.Save("sys/fs/cgroup/cpu/cpu.stat", "nr_periods 0\nnr_throttled 2\n");
        _root.Save("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "9223372036854771712\n");
        Assert.Equal(0.5, Group.CpuQuota());
        Assert.Null(Group.MemoryLimit());
        Assert.Equal(2, Group.Throttled());
    }

    [Fact]
    public void No_quota_is_no_number_and_no_throttling_is_nought()
    {
        _root.Save("proc/self/cgroup", "0::/\n");
        _root.Save("sys/fs/cgroup/cpu.stat", "usage_usec 5\n");
        Assert.Null(Group.CpuQuota());
        Assert.Equal(0, Group.Throttled());
    }

    [Theory]
    [InlineData("0::/pod", "sys/fs/cgroup/pod/memory.events", "oom 9\noom_group_kill 8\noom_kill 3\n")]
    [InlineData("4:memory:/pod", "sys/fs/cgroup/memory/pod/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n")]
    public void Kills_for_want_of_memory_are_counted_by_both_versions(string group, string file, string text)
    {
        _root.Save("proc/self/cgroup", group + "\n");
        Assert.Null(Group.OutOfMemoryKills());
        _root.Save(file, text);
        Assert.Equal(3, Group.OutOfMemoryKills());
    }

    [Fact]
    public void A_host_without_control_groups_is_unknown() => Assert.Null(Group.Throttled());
}
