using Fleetmark.Agent.Files;
using Fleetmark.Agent.Fleet;
using Fleetmark.Agent.Jobs;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Spool;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Fleetmark.Agent.Tests.Jobs;

/// <summary>The board with a disk that does not work, and a clock of its own. Attempts ask for a runtime nobody has, so they end at once with a result.</summary>
public sealed class AttemptBoardTests : IDisposable
{
    private const int NotSpooled = 5606;
    private const int Defect = 5607;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly RecordedLog _log = new();
    private readonly LostDevices _lost = new();
    private readonly IHost _host;

    public AttemptBoardTests()
    {
        _host = AgentUnderTest.Build(_folder, _folder.At("gateway.sock"), _log);
        Directory.CreateDirectory(_folder.At("locks"));
    }

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_disk_that_refuses_a_result_twice_gets_it_the_third_time()
    {
        ResultSpool spool = Spool(_folder.At("spool"));
        spool.Open();
        AttemptBoard board = Board(spool);
        string inTheWay = Directory.CreateDirectory(_folder.At("spool", "000000000001-7-1.json.tmp")).FullName;
        Assign(board);
        await Eventually.Async("two refusals", () => Later(() => _log.Of(NotSpooled).Count >= 2));
        Assert.Equal(new AttemptKey(new JobId(7), 1), Assert.Single(board.Running()));
        Directory.Delete(inTheWay);
        await Eventually.Async("a free device", () => Later(() => board.States()[0].Ready));
        Assert.Equal(new AttemptKey(new JobId(7), 1), Assert.Single(spool.Waiting()).Attempt);
    }

    [Fact]
    public async Task A_defect_while_a_result_is_spooled_frees_the_device_all_the_same()
    {
        AttemptBoard board = Board(Spool("no path can hold a \0"));
        Assign(board);
        await DeviceFree(board);
        Assert.Single(_log.Of(Defect));
        Assert.Empty(board.Running());
        await board.IdleAsync();
        using FileLock? free = FileLock.TryTake(_folder.At("locks", "fleetmark-cpu-1.lock"));
        Assert.NotNull(free);
    }

    [Fact]
    public async Task A_cpu_is_measured_alone_and_gpus_overlap_on_cores_of_their_own()
    {
        AttemptBoard board = Stuck();
        board.Offer([Cpu, Gpu("GPU-a", core: 1), Gpu("GPU-b", core: 2), Gpu("GPU-c", core: 1)]);
        Assert.Equal(["", "", "", ""], board.States().Select(state => state.WhyNot));
        Assign(board, "GPU-a", job: 1);
        Assert.Equal(["host-busy", "busy", "", "host-busy"], board.States().Select(state => state.WhyNot));
        Assign(board, "GPU-b", job: 2);
        Assign(board, "GPU-c", job: 3);
        Assign(board, "cpu-1", job: 4);
        Assert.Equal([1L, 2L], board.Running().Select(attempt => attempt.JobId.Value).Order());
        await LetGoAsync(board);
    }

    [Fact]
    public async Task While_a_cpu_is_measured_no_gpu_of_the_machine_starts_whichever_agent_asks()
    {
        AttemptBoard board = Stuck();
        board.Offer([Cpu, Gpu("GPU-a", core: 1)]);
        Assign(board, "cpu-1");
        Assert.Equal(["busy", "host-busy"], board.States().Select(state => state.WhyNot));
        Assert.Null(FileLock.TryTake(_folder.At("locks", "fleetmark-GPU-a.lock")));
        await LetGoAsync(board);
        using FileLock? free = FileLock.TryTake(_folder.At("locks", "fleetmark-GPU-a.lock"));
        Assert.NotNull(free);
    }

    [Fact]
    public async Task A_cpu_is_not_measured_while_another_agent_uses_a_gpu_and_keeps_no_lock_meanwhile()
    {
        AttemptBoard board = Stuck();
        board.Offer([Cpu, Gpu("GPU-a", core: 1)]);
        using (FileLock.TryTake(_folder.At("locks", "fleetmark-GPU-a.lock")))
        {
            Assign(board, "cpu-1");
            Assert.Empty(board.Running());
        }

        using (FileLock? free = FileLock.TryTake(_folder.At("locks", "fleetmark-cpu-1.lock"))) Assert.NotNull(free);
        await LetGoAsync(board);
    }

    [Fact]
    public void A_lost_gpu_is_not_ready_and_says_why_until_it_is_back()
    {
        AttemptBoard board = Board(Spool(_folder.At("spool")));
        board.Offer([Cpu, Gpu("GPU-a", core: 1), Gpu("GPU-b", core: 2)]);
        _lost.Lose("GPU-a", "NVML code 15");
        Assert.Equal(["", "device-lost: NVML code 15", ""], board.States().Select(state => state.WhyNot));
        Assign(board, "GPU-a");
        Assert.Empty(board.Running());
        _lost.Return("GPU-a");
        Assert.All(board.States(), state => Assert.True(state.Ready));
    }

    [Fact]
    public async Task A_device_that_is_held_gets_no_attempts_and_is_taken_when_nothing_disturbs_it_any_more()
    {
        AttemptBoard board = Stuck();
        Device gpu = Gpu("GPU-a", core: 1);
        board.Offer([Cpu, gpu, Gpu("GPU-b", core: 2)]);
        Assign(board, "cpu-1");
        board.Hold(gpu, "calibrating");
        Assert.Equal(["busy", "calibrating", "host-busy"], board.States().Select(state => state.WhyNot));
        Assert.Null(board.TryTake(gpu));
        Directory.CreateDirectory(_folder.At("spool"));
        DeviceLocks? locks = null;
        await Eventually.Async("an idle machine", () => Later(() => (locks = board.TryTake(gpu)) is not null));
        using (locks)
        {
            Assert.Equal(["host-busy", "calibrating", ""], board.States().Select(state => state.WhyNot));
            Assert.Null(board.TryTake(gpu));
        }

        board.Release(gpu);
        Assert.Empty(board.Held());
        Assert.All(board.States(), state => Assert.True(state.Ready));
    }

    private static Device Cpu => new() { Uuid = "cpu-1", Vendor = "cpu", Name = "CPU", MemoryMib = 1, Cpus = [0, 1, 2] };

    private static Device Gpu(string uuid, int core) => new() { Uuid = uuid, Vendor = "nvidia", Name = "GPU", MemoryMib = 1, Cpus = [core] };

    /// <summary>A board whose attempts stay, because no result can be spooled as long as the folder is away.</summary>
    private AttemptBoard Stuck()
    {
        ResultSpool spool = Spool(_folder.At("spool"));
        spool.Open();
        Directory.Delete(_folder.At("spool"), recursive: true);
        return Board(spool);
    }

    private async Task LetGoAsync(AttemptBoard board)
    {
        Directory.CreateDirectory(_folder.At("spool"));
        await Eventually.Async("idle devices", () => Later(() => board.States().All(state => state.Ready)), () => string.Join(' ', board.States().Select(state => state.WhyNot)));
    }

    private ResultSpool Spool(string folder) => new(folder, _ => new DiskSpace(1, 1), _clock, _log.For<ResultSpool>());

    private AttemptBoard Board(ResultSpool spool)
    {
        IServiceProvider all = _host.Services;
        var board = new AttemptBoard(
            all.GetRequiredService<AttemptRunner>(), spool, _lost, all.GetRequiredService<Outbox>(), all.GetRequiredService<IOptions<AgentOptions>>(), _clock, _log.For<AttemptBoard>());
        board.Offer([Cpu]);
        return board;
    }

    private void Assign(AttemptBoard board, string device = "cpu-1", long job = 7)
    {
        Assign assign = AgentUnderTest.Assign(_folder, device, job);
        assign.Launch.Flavour = "nobody-has-it";
        board.Assign(assign);
    }

    /// <summary>Looks again a while later: whether the board has begun to wait by now, nobody can see.</summary>
    private bool Later(Func<bool> condition)
    {
        _clock.Advance(Retry);
        return condition();
    }

    private static Task DeviceFree(AttemptBoard board) => Eventually.Async("a free device", () => board.States()[0].Ready, () => board.States()[0].WhyNot);
}
