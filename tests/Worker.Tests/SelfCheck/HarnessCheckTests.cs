using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Worker.Tests.SelfCheck;

public sealed class HarnessCheckTests
{
    private static readonly SelfCheckRequest Short = SelfCheckReport.Request([]) with { Blocks = 6, Models = [new SelfCheckModel("a", 3, 50), new SelfCheckModel("b", 0, 20)] };

    [Fact]
    public async Task The_worker_measures_each_model_and_allocates_nothing_in_a_call()
    {
        (LaunchOutcome outcome, WorkerUnderTest worker) = await WorkerUnderTest.AskAsync(Short);

        Assert.False(outcome.IsFailure, outcome.Failure?.ToString());
        Assert.Equal(0, worker.ExitCode);
        SelfCheckMessage answer = Assert.IsType<SelfCheckMessage>(outcome.Answer);
        Assert.InRange(answer.TimerFloorNs, 1, 100_000);
        Assert.Equal([50, 20], answer.Series.Select(series => series.CallsPerBlock));
        Assert.All(answer.Series, series =>
        {
            Assert.Equal((0, 0), (series.AllocatedBytes, series.Collections));
            Assert.Equal(12, series.BlockNs.Count);
        });
    }

    [Fact]
    public async Task Its_answer_to_the_request_of_the_report_can_be_judged()
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(SelfCheckReport.Request([]) with { Blocks = 6 });

        var report = SelfCheckReport.Of("r", DateTimeOffset.UnixEpoch, Assert.IsType<SelfCheckMessage>(outcome.Answer));
        Assert.All(report.Checks, check => Assert.Equal((0, 0), (check.BytesPerCall, check.Collections)));
    }

    public static TheoryData<string, SelfCheckRequest> Refused => new()
    {
        { "'blocks' is 5", Short with { Blocks = 5 } },
        { "'blocks' is 1001", Short with { Blocks = 1001 } },
        { "'nodes' of a is 101", Short with { Models = [new SelfCheckModel("a", 101, 1)] } },
        { "'nodes' of a is -1", Short with { Models = [new SelfCheckModel("a", -1, 1)] } },
        { "'callsPerBlock' of a is 0", Short with { Models = [new SelfCheckModel("a", 1, 0)] } },
        { "'callsPerBlock' of a is 100001", Short with { Models = [new SelfCheckModel("a", 1, 100_001)] } },
        { "core 9999 does not exist", Short with { Cpus = [9999] } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_done_is_refused(string said, SelfCheckRequest request)
    {
        (LaunchOutcome outcome, WorkerUnderTest worker) = await WorkerUnderTest.AskAsync(request);

        Assert.Contains(said, outcome.Failure!.Text, StringComparison.Ordinal);
        Assert.Equal(10, worker.ExitCode);
    }
}
