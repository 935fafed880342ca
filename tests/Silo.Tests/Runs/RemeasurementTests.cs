using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Results;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Judging;

namespace Fleetmark.Silo.Tests.Runs;

/// <summary>A launch that somebody disturbed is measured again, twice at most; then it counts with its state, and nothing is chosen by its value.</summary>
public sealed class RemeasurementTests(TestCluster cluster)
{
    [Theory]
    [InlineData(1, MeasurementState.Contended, "2 2 0 valid")]
    [InlineData(1, MeasurementState.Throttled, "2 2 0 valid")]
    [InlineData(2, MeasurementState.Contended, "3 3 0 valid")]
    [InlineData(9, MeasurementState.Contended, "3 3 3 contended")]
    [InlineData(9, MeasurementState.Throttled, "3 3 2 throttled")]
    public async Task A_disturbed_launch_is_repeated_twice_at_most_and_every_attempt_is_kept(int disturbed, MeasurementState state, string outcome)
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await silo.DialAsync(Guid.NewGuid());
        RunId run = await silo.SubmitAsync(effort: "standard");
        long first = 0;
        int attempts = 0;
        for (int left = 5; left > 0;)
        {
            await agent.BeatAsync(ready: true);
            Assign assign = await agent.TakeAsync();
            if (first == 0) first = assign.Attempt.JobId;
            bool isDisturbed = assign.Attempt.JobId == first && ++attempts <= disturbed;
            AttemptResult result = FakeAgent.Measured(assign, silo.ClusterId) with { Launches = [SampleLaunch.Valid(isDisturbed ? 500 : 1000, isDisturbed ? state : MeasurementState.Valid)] };
            await agent.ResultAsync(result);
            if (!isDisturbed || attempts == 3) left--;
            await silo.ScalarAsync<long>("with ended as (update job set not_before = now() where state = 0 returning 1) select count(*) from ended");
        }

        await silo.BecomesAsync(run, RunState.Done);
        Assert.Equal(outcome, await silo.ScalarAsync<string>($"""
            select (select count(*) from launch where job_id = {first}) || ' ' || attempt_no || ' ' || state
              || ' ' || (array['valid', 'unstable', 'throttled', 'contended'])[state + 1]
            from measurement where job_id = {first}
            """));
        Assert.Equal(outcome.EndsWith("valid", StringComparison.Ordinal) ? "5 of 5" : "4 of 5", await silo.ScalarAsync<string>("select launches || ' of ' || launches_started from run_cell"));
        Assert.Equal(1000, await silo.ScalarAsync<double>("select p50_us from run_cell"));
    }
}
