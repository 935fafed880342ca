using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Storage.Runs;

namespace Fleetmark.Storage.Tests.Runs;

public sealed class LeftOverRunsTests(TestCluster cluster) : DatabaseTests(cluster)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync("""
            insert into plan (name, sha256, source, spec, schema_version, created_by) values ('p', sha256('p'), '', '{}', 1, 'test');
            insert into run (run_id, run_uid, plan_id, idem_key, request_sha256, state, owner, priority, order_seed, protocol_version, cancel_requested, ended_at)
            select i, gen_random_uuid(), 1, i::text, sha256('r'), s, 'test', p, 1, 1, c, e
            from (values (1, 0, 20, false, null), (2, 1, 20, false, null), (3, 1, 20, false, null), (4, 1, 10, false, null), (5, 2, 20, false, now()),
              (6, 1, 20, true, null)) r(i, s, p, c, e)
            """);
    }

    [Fact]
    public async Task Open_runs_somebody_waited_for_and_nobody_drives_become_interrupted()
    {
        await using RunLock? driven = await RunLock.TryTakeAsync(Source, new RunId(3), Cancel);
        Assert.NotNull(driven);

        Assert.Equal([new RunId(1), new RunId(2)], await new LeftOverRuns(Source).InterruptAsync(Cancel));

        Assert.Equal(["1 | 6", "2 | 6", "3 | 1", "4 | 1", "5 | 2", "6 | 1"], await RowsAsync("select run_id, state from run order by 1"));
        Assert.Empty(await new LeftOverRuns(Source).InterruptAsync(Cancel));
    }

    [Fact]
    public async Task A_run_has_one_driver_and_another_after_it()
    {
        await using (RunLock? first = await RunLock.TryTakeAsync(Source, new RunId(1), Cancel))
        {
            Assert.NotNull(first);
            Assert.Null(await RunLock.TryTakeAsync(Source, new RunId(1), Cancel));
            await using RunLock? other = await RunLock.TryTakeAsync(Source, new RunId(2), Cancel);
            Assert.NotNull(other);
        }

        await using RunLock? second = await RunLock.TryTakeAsync(Source, new RunId(1), Cancel);
        Assert.NotNull(second);
    }
}
