using System.Text.Json;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Results;
using Fleetmark.Contracts.Runs;
using Fleetmark.Fixtures;
using Answer = Fleetmark.Contracts.Fleet.Wire.ResultAck.Types.Answer;

namespace Fleetmark.Silo.Tests.Runs;

/// <summary>A cell of effort standard gets further launches while its interval is too wide: 5 planned, 10 at most, 2 % aimed at.</summary>
public sealed class RunGrowthTests(TestCluster cluster)
{
    [Fact]
    public async Task A_quiet_cell_keeps_to_its_planned_launches()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        RunId run = await MeasureAsync(silo, [1000, 1001, 1002, 1001, 1000]);

        Assert.Equal("5 t 0 {few-launches}", await OutcomeAsync(silo, run));
    }

    [Fact]
    public async Task A_cell_that_settles_stops_there()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        RunId run = await MeasureAsync(silo, [1000, 1000, 1000, 1000, 1055, 1000, 1000]);

        Assert.Equal("7 t 0 {few-launches}", await OutcomeAsync(silo, run));
    }

    [Fact]
    public async Task A_noisy_cell_grows_to_the_maximum_and_says_that_the_target_was_missed()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        RunId run = await MeasureAsync(silo, [1000, 1058, 1000, 1058, 1000, 1058, 1000, 1058, 1000, 1058]);

        Assert.Equal("10 t 0 {target-missed,few-launches}", await OutcomeAsync(silo, run));
        Assert.Equal("0 1 2 3 4 5 6 7 8 9", await silo.ScalarAsync<string>("select string_agg(rep::text, ' ' order by order_key) from job"));
    }

    [Fact]
    public async Task A_run_that_was_interrupted_before_a_launch_was_added_gets_it_when_it_goes_on()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        CancellationToken cancel = TestContext.Current.CancellationToken;
        FakeAgent agent = await silo.DialAsync(Guid.NewGuid());
        RunId run = await silo.SubmitAsync(effort: "standard");
        foreach (double median in (double[])[1000, 1000, 1000, 1000]) await MeasureAsync(silo, agent, median);
        await agent.BeatAsync(ready: true);
        Assign last = await agent.TakeAsync();

        await silo.Run(run).Interrupt(cancel);
        Assert.Equal(Answer.Accepted, (await agent.ResultAsync(Result(silo, last, 1055))).Answer);
        await Eventually.Async("the cell is computed", () => silo.ScalarAsync<string>("select launches || left(complete::text, 1) from run_cell"), seen => seen == "5f", FakeAgent.Patience);
        Assert.Equal(5, (await silo.Runs.StatusAsync(run, cancel)).Jobs);

        await silo.Run(run).Resume(cancel);
        foreach (double median in (double[])[1000, 1000]) await MeasureAsync(silo, agent, median);
        await silo.BecomesAsync(run, RunState.Done);
        Assert.Equal("7 t 0 {few-launches}", await OutcomeAsync(silo, run));
    }

    [Fact]
    public async Task A_launch_with_another_output_than_the_first_fails_and_the_run_is_partial_when_the_cell_does()
    {
        await using SiloUnderTest silo = await SiloUnderTest.StartAsync(cluster);
        FakeAgent agent = await silo.DialAsync(Guid.NewGuid());
        RunId run = await silo.SubmitAsync();
        foreach (int top in (int[])[1, 2, 2])
        {
            await agent.BeatAsync(ready: true);
            AttemptResult result = Result(silo, await agent.TakeAsync(), 1000);
            JsonElement said = JsonSerializer.SerializeToElement(new { worker = new { output = new { finite = true, top1 = new[] { top }, head = new[] { 0.5 } } } });
            await agent.ResultAsync(result with { Launches = [result.Launches[0] with { Result = said }] });
        }

        await silo.BecomesAsync(run, RunState.Partial);
        Assert.Equal("1 of 3, 4 wrong-output", await silo.ScalarAsync<string>("select launches || ' of ' || launches_started || ', ' || state || ' ' || code from run_cell"));
    }

    /// <summary>Measures a run of one cell with these launch medians; it must be over exactly then.</summary>
    private static async Task<RunId> MeasureAsync(SiloUnderTest silo, double[] medians)
    {
        FakeAgent agent = await silo.DialAsync(Guid.NewGuid());
        RunId run = await silo.SubmitAsync(effort: "standard");
        foreach (double median in medians) await MeasureAsync(silo, agent, median);
        await silo.BecomesAsync(run, RunState.Done);
        return run;
    }

    private static async Task MeasureAsync(SiloUnderTest silo, FakeAgent agent, double medianUs)
    {
        await agent.BeatAsync(ready: true);
        Assert.Equal(Answer.Accepted, (await agent.ResultAsync(Result(silo, await agent.TakeAsync(), medianUs))).Answer);
    }

    private static AttemptResult Result(SiloUnderTest silo, Assign assign, double medianUs) =>
        FakeAgent.Measured(assign, silo.ClusterId) with { Launches = [SampleLaunch.Valid(medianUs)] };

    /// <summary>Launches, completeness, state and notes of the only cell; the note of the sample launch is always there.</summary>
    private static async Task<string> OutcomeAsync(SiloUnderTest silo, RunId run)
    {
        Assert.Equal(await silo.ScalarAsync<int>("select launches::int from run_cell"), (await silo.Runs.StatusAsync(run, TestContext.Current.CancellationToken)).Jobs);
        return await silo.ScalarAsync<string>("select launches || ' ' || left(complete::text, 1) || ' ' || state || ' ' || notes::text from run_cell");
    }
}
