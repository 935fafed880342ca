using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Answer = Fleetmark.Contracts.Fleet.Wire.ResultAck.Types.Answer;

namespace Fleetmark.Silo.Tests.Runs;

public sealed class WatchedRunTests(TestCluster cluster)
{
    [Fact]
    public async Task Sentinels_of_the_connected_device_are_measured_with_the_run_and_make_its_pairs()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await silo.DialAsync(Guid.NewGuid());
        RunId run = await silo.SubmitAsync(effort: "standard", sentinels: true);
        for (int launch = 0; launch < 25; launch++)
        {
            await agent.BeatAsync(ready: true);
            Assign assign = await agent.TakeAsync();
            Assert.Equal(Answer.Accepted, (await agent.ResultAsync(FakeAgent.Measured(assign, silo.ClusterId) with { Launches = [SampleLaunch.Valid(1000 + (assign.Attempt.JobId % 7))] })).Answer);
        }

        await silo.BecomesAsync(run, RunState.Done);
        Assert.Equal("SqueezeNet1_1 batch 1, VGG11 batch 1", await silo.ScalarAsync<string>($"select string_agg(sentinel, ', ' order by sentinel) from aa_pair where run_id = {run}"));
        Assert.True(await silo.ScalarAsync<bool>("select bool_and(abs(log_ratio) < 0.007 and p between 0 and 1) from aa_pair"));
    }
}
