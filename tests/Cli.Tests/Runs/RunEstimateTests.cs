using Fleetmark.Cli.Runs;
using Fleetmark.Contracts.Runs;

namespace Fleetmark.Cli.Tests.Runs;

public sealed class RunEstimateTests
{
    [Fact]
    public void The_rest_takes_as_long_a_job_as_this_session_did() =>
        Assert.Equal(TimeSpan.FromSeconds(40), RunEstimate.Left(Status(jobs: 10, ready: 3, leased: 1), finishedBefore: 4, TimeSpan.FromSeconds(20)));

    [Fact]
    public void Nothing_is_said_before_the_first_job_of_this_session_is_over() =>
        Assert.Null(RunEstimate.Left(Status(jobs: 10, ready: 5, leased: 1), finishedBefore: 4, TimeSpan.FromSeconds(20)));

    private static RunStatus Status(int jobs, int ready, int leased) => new() { RunId = new RunId(1), State = RunState.Running, Jobs = jobs, Ready = ready, Leased = leased };
}
