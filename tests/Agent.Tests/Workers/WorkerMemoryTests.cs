using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Telemetry;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Launches;
using Microsoft.Extensions.Options;

namespace Fleetmark.Agent.Tests.Workers;

/// <summary>Real processes that use real memory, on the real clock.</summary>
public sealed class WorkerMemoryTests : IAsyncDisposable
{
    private const long Mib = 1 << 20;
    private const long Gib = 1 << 30;
    private const string Hello = "echo '{\"type\":\"hello\",\"protocol\":1}'; ";

    private readonly TemporaryFolder _folder = new();
    private readonly StartedProcesses _processes = new();
    private readonly RecordedLog _log = new();
    private readonly StopSignal _stop = new();

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_worker_that_outgrows_its_limit_is_killed_and_told_with_both_numbers()
    {
        WorkerRun run = await RunAsync(FakeWorkerProgram.Command("grow:300"), memoryMib: 200);
        Assert.Equal("out-of-memory", run.Outcome.Failure?.Code);
        Assert.Matches(@"\b[2-4]\d\d MiB were used, 200 MiB are allowed \(Agent:WorkerMemoryMib\)", run.Outcome.Failure!.Text);
        await NothingStaysAsync();
    }

    [Fact]
    public async Task What_a_worker_started_counts_as_its_own()
    {
        // tail keeps all of a line that does not end.
        WorkerRun run = await RunAsync(Shell($"{Hello}(head -c 300000000 /dev/zero; sleep 60) | tail -n 1 > /dev/null"), memoryMib: 200);
        Assert.Equal("out-of-memory", run.Outcome.Failure?.Code);
        await NothingStaysAsync();
    }

    [Fact]
    public async Task A_worker_below_its_limit_is_left_alone()
    {
        WorkerRun run = await RunAsync(FakeWorkerProgram.Command(), memoryMib: 2000);
        Assert.Null(run.Outcome.Failure);
    }

    [Theory]
    [InlineData("sys/fs/cgroup/pod/memory.events", "low 0\noom 3\noom_kill 1\n", "sys/fs/cgroup/pod/memory.events", "oom_kill 2", "out-of-memory")]
    [InlineData("sys/fs/cgroup/pod/memory.events", "oom_kill 1\n", "sys/fs/cgroup/pod/memory.events", "oom_kill 1", "worker-crash")]
    [InlineData("proc/vmstat", "oom_kill 7\n", "proc/vmstat", "oom_kill 8", "out-of-memory")]
    [InlineData("proc/vmstat", "nr_free_pages 7\n", "proc/vmstat", "nr_free_pages 8", "worker-crash")]
    public async Task A_kill_by_the_system_is_out_of_memory_when_its_counter_proves_it(string file, string before, string changed, string after, string code)
    {
        _folder.Save("root/proc/self/cgroup", "0::/pod\n");
        _folder.Save("root/" + file, before);
        string command = $"{Hello}echo {after} > {_folder.At("root", changed)}; kill -9 $$";
        WorkerRun run = await RunAsync(Shell(command), memoryMib: null, _folder.At("root"));
        Assert.Equal(code, run.Outcome.Failure?.Code);
        Assert.Equal(WorkerExitOf(code), run.Exit.Stop);
    }

    [Fact]
    public async Task Pages_that_processes_share_count_once()
    {
        _folder.Save("proc/5/statm", "900 400 300 1 0 500 0\n");
        _folder.Save("proc/6/statm", "900 400 300 1 0 500 0\n");
        _folder.Save("proc/5/task/5/children", "6\n");
        _folder.Save("proc/5/smaps_rollup", "00-ff ---p 00000000 00:00 0 [rollup]\nRss: 1600 kB\nPss: 900 kB\n");
        _folder.Save("proc/6/smaps_rollup", "Rss: 1600 kB\nPss: 800 kB\n");
        await using (var watch = new MemoryWatch(new HostFiles(_folder.Path), 5, limitBytes: 2000 * 1024, TimeProvider.System))
        {
            await Eventually.Async("a look", () => watch.Latest > 0);
            Assert.Equal(1700 * 1024, watch.Latest);
            Assert.False(watch.Exceeded.IsCompleted);
        }

        await using var narrow = new MemoryWatch(new HostFiles(_folder.Path), 5, limitBytes: 1600 * 1024, TimeProvider.System);
        await Eventually.Async("the verdict", () => narrow.Exceeded.IsCompleted);
    }

    [Theory]
    [InlineData(2 * Gib, 1 * Gib)]
    [InlineData(1 * Gib, Gib / 2)]
    [InlineData(4 * Gib, 3 * Gib)]
    [InlineData(64 * Gib, 56 * Gib)]
    public void A_machine_keeps_some_of_its_memory_for_itself(long total, long limit) => Assert.Equal(limit, WorkerMemory.Default(total));

    [Fact]
    public void The_control_groups_limit_is_the_machine_of_a_container()
    {
        _folder.Save("proc/meminfo", "MemTotal:       67108864 kB\n");
        _folder.Save("proc/self/cgroup", "0::/\n");
        Assert.Equal(56 * Gib, Memory().LimitBytes);
        _folder.Save("sys/fs/cgroup/memory.max", $"{4 * Gib}\n");
        Assert.Equal(3 * Gib, Memory().LimitBytes);
        Assert.Equal(500 * Mib, Memory(mib: 500).LimitBytes);
    }

    [Fact]
    public void A_machine_that_says_nothing_limits_nothing() => Assert.Equal(long.MaxValue, Memory().LimitBytes);

    private WorkerMemory Memory(int? mib = null) => new(new HostFiles(_folder.Path), Options.Create(new AgentOptions { WorkerMemoryMib = mib }));

    private static WorkerStop WorkerExitOf(string code) => code == "out-of-memory" ? WorkerStop.OutOfMemory : WorkerStop.None;

    private static WorkerCommand Shell(string script) => new("/bin/sh", ["-c", script], new Dictionary<string, string>(StringComparer.Ordinal));

    private Task<WorkerRun> RunAsync(WorkerCommand command, int? memoryMib, string root = "/") => Eventually.Result(
        "the worker's end",
        Launchers.In(_folder, TimeProvider.System, _log, memoryMib, root).RunAsync(command, "memory", SampleLaunch.In, _processes, _stop));

    private async Task NothingStaysAsync()
    {
        foreach (int id in _processes.Ids) await Eventually.Async("the end of the process group", () => !ProcessSignals.SendToGroup(id, 0));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.At("data", "work")));
    }
}
