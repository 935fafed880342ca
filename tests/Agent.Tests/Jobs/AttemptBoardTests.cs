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

    private ResultSpool Spool(string folder) => new(folder, _ => new DiskSpace(1, 1), _clock, _log.For<ResultSpool>());

    private AttemptBoard Board(ResultSpool spool)
    {
        IServiceProvider all = _host.Services;
        var board = new AttemptBoard(
            all.GetRequiredService<AttemptRunner>(), spool, all.GetRequiredService<Outbox>(), all.GetRequiredService<IOptions<AgentOptions>>(), _clock, _log.For<AttemptBoard>());
        board.Offer([new Device { Uuid = "cpu-1", Vendor = "cpu", Name = "CPU", MemoryMib = 1, Cpus = [0] }]);
        return board;
    }

    private void Assign(AttemptBoard board)
    {
        Assign assign = AgentUnderTest.Assign(_folder, "cpu-1");
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
