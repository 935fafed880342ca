using System.Text.Json;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Tests;

public sealed class OneRequestTests(ModelFolder models) : IClassFixture<ModelFolder>
{
    [Theory]
    [InlineData("garbage\n", "no such JSON")]
    [InlineData("{\"type\":\"dance\",\"protocol\":1}\n", "'dance'")]
    [InlineData("{\"type\":\"launch\",\"protocol\":1}\n", "required")]
    [InlineData("{\"type\":\"cancel\"}\n", "without a request")]
    public async Task A_bad_request_is_answered_and_left_with_ten(string line, string text)
    {
        await using WorkerUnderTest worker = WorkerUnderTest.Start(models.Launch());
        await worker.SendAsync(line);
        LaunchOutcome outcome = await worker.EndAsync();
        Assert.Equal("internal", outcome.Failure!.Code);
        Assert.Contains(text, outcome.Failure.Text, StringComparison.Ordinal);
        Assert.Equal(10, worker.ExitCode);
    }

    [Fact]
    public async Task Another_protocol_version_is_answered_with_the_known_ones()
    {
        await using WorkerUnderTest worker = WorkerUnderTest.Start(models.Launch());
        await worker.SendAsync("{\"type\":\"launch\",\"protocol\":2}\n");
        await worker.EndAsync();
        JsonElement error = Assert.Single(worker.Messages("error"));
        Assert.Equal("bad-request", error.GetProperty("code").GetString());
        Assert.Equal(1, Assert.Single(error.GetProperty("supported").EnumerateArray()).GetInt32());
    }

    [Fact]
    public async Task A_line_without_end_is_refused_and_not_kept()
    {
        await using WorkerUnderTest worker = WorkerUnderTest.Start(models.Launch());
        await worker.SendAsync(new string('x', 3 << 20) + "\n");
        Assert.Contains("1048577 bytes", (await worker.EndAsync()).Failure!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_request_at_all_is_a_bad_one()
    {
        await using WorkerUnderTest worker = WorkerUnderTest.Start(models.Launch());
        worker.CloseStandardInput();
        Assert.Contains("before a request", (await worker.EndAsync()).Failure!.Text, StringComparison.Ordinal);
        Assert.Equal(10, worker.ExitCode);
    }

    [Theory]
    [InlineData("\"name\":\"warmup\"")]
    [InlineData("\"name\":\"sample\"")]
    public async Task Cancel_ends_a_launch_between_bursts(string phase)
    {
        await using WorkerUnderTest worker = WorkerUnderTest.Start(Endless());
        await worker.SendAsync(Endless());
        await worker.UntilAsync(phase);
        await worker.SendAsync(new CancelRequest());
        Assert.Equal("cancelled", (await worker.EndAsync()).Failure!.Code);
        Assert.Equal(16, worker.ExitCode);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("\"name\":\"sample\"")]
    public async Task Without_its_agent_the_worker_leaves(string reached)
    {
        await using WorkerUnderTest worker = WorkerUnderTest.Start(Endless());
        await worker.SendAsync(Endless());
        await worker.UntilAsync(reached);
        worker.CloseStandardInput();
        Assert.True((await worker.EndAsync()).IsFailure);
        Assert.Equal(16, worker.ExitCode);
    }

    [Fact]
    public async Task When_nobody_reads_its_messages_the_worker_leaves()
    {
        await using WorkerUnderTest worker = WorkerUnderTest.Start(Endless());
        await worker.SendAsync(Endless());
        await worker.UntilAsync("\"name\":\"sample\"");
        worker.CloseStandardOutput();
        Assert.DoesNotContain("   at ", await worker.StandardErrorToItsEndAsync(), StringComparison.Ordinal);
        Assert.Equal(16, worker.ExitCode);
    }

    [Fact]
    public async Task Whatever_libraries_print_to_descriptor_one_goes_to_standard_error()
    {
        await using WorkerUnderTest worker = WorkerUnderTest.Start(models.Launch());
        await worker.UntilAsync("hello");
        int pid = Assert.Single(worker.Messages("hello")).GetProperty("pid").GetInt32();
        Assert.Equal(new FileInfo($"/proc/{pid}/fd/2").LinkTarget, new FileInfo($"/proc/{pid}/fd/1").LinkTarget);
    }

    [Fact]
    public async Task A_wrong_line_after_the_request_changes_nothing()
    {
        await using WorkerUnderTest worker = WorkerUnderTest.Start(models.Launch());
        await worker.SendAsync(models.Launch());
        await worker.SendAsync("what?\n");
        Assert.False((await worker.EndAsync()).IsFailure);
    }

    /// <summary>Warms up and samples for minutes unless somebody stops it.</summary>
    private LaunchRequest Endless() => models.Launch() with
    {
        Warmup = models.Launch().Warmup with { MinMs = 1000, CapMs = 1000 },
        Sample = new SamplingSettings { MinMs = 600_000, MinCount = 100, MaxMs = 600_000, MaxCount = 10_000_000, FloorCount = 3, HalfWidth = 0 },
    };
}
