using System.Text;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Tests.Launches;

public sealed class ThroughputConversationTests
{
    private const string Hello = """{"type":"hello","protocol":1}""";

    private static readonly LaunchRequest Launch = new()
    {
        Launch = "t",
        Kind = LaunchKind.Throughput,
        Concurrency = 2,
        Model = new ModelFile { Path = "m", Format = "onnx" },
        Inputs = [],
        Provider = "cpu",
        Precision = Precision.Fp32,
        Scope = Scope.EndToEnd,
        Batch = 1,
        Threads = 1,
        Seed = 1,
        Warmup = ThroughputEffort.For(Effort.Quick, isCpu: true).WarmUp,
        Sample = ThroughputEffort.For(Effort.Quick, isCpu: true).Sampling,
    };

    [Fact]
    public void The_request_names_kind_and_loops_and_a_latency_launch_names_none()
    {
        string line = Encoding.UTF8.GetString(WorkerProtocol.Write(Launch));
        Assert.Contains("\"kind\":\"throughput\"", line, StringComparison.Ordinal);
        Assert.Contains("\"concurrency\":2", line, StringComparison.Ordinal);
        Assert.Contains("\"minMs\":10000", line, StringComparison.Ordinal);
        LaunchRequest read = Assert.IsType<LaunchRequest>(WorkerProtocol.ReadRequest(Encoding.UTF8.GetBytes(line.TrimEnd())).Request);
        Assert.Equal((LaunchKind.Throughput, 2), (read.Kind, read.Concurrency));
        Assert.DoesNotContain("concurrency", Encoding.UTF8.GetString(WorkerProtocol.Write(Launch with { Kind = LaunchKind.Latency, Concurrency = null })), StringComparison.Ordinal);
    }

    [Fact]
    public void The_samples_of_each_loop_are_known()
    {
        LaunchOutcome outcome = After("[6000000000,3000000000,5000000000]", "[2,1]", 0, 10_000_000_000);
        Assert.False(outcome.IsFailure, outcome.Failure?.ToString());
        Assert.Equal([2, 1], outcome.Samples!.Streams);
    }

    [Fact]
    public void A_loop_may_have_none() => Assert.Equal([0, 3], After("[1000,1000,1000]", "[0,3]", 0, 10_000_000_000).Samples!.Streams);

    [Theory]
    [InlineData("[1000,1000,1000]", null, 10_000_000_000, "'samples': 'streams' must say how many samples each of the 2 loops has")]
    [InlineData("[1000,1000,1000]", "[3]", 10_000_000_000, "'samples': 'streams' has 1 numbers for 2 loops")]
    [InlineData("[1000,1000,1000]", "[2,2]", 10_000_000_000, "'samples': 'streams' are not 3 samples together")]
    [InlineData("[1000,1000,1000]", "[4,-1]", 10_000_000_000, "'samples': 'streams' are not 3 samples together")]
    [InlineData("[1000,1000,1000]", "[2,1]", 9_999_000_000, "'result' with a window of 9999 ms, 10000 ms were asked")]
    [InlineData("[1000,6000000000,5000000000]", "[1,2]", 10_000_000_000, "'result' with a window of 10000000000 ns, but the samples of loop 2 are 11000000000 ns together")]
    public void Samples_that_cannot_be_a_rate_break_the_protocol(string values, string? streams, long end, string text)
    {
        LaunchOutcome outcome = After(values, streams, 0, end);
        Assert.Equal(("worker-protocol", text), (outcome.Failure!.Code, outcome.Failure.Text));
    }

    /// <summary>What the rules above ask is not asked of a latency launch.</summary>
    [Fact]
    public void A_latency_launch_has_no_streams() =>
        Assert.Empty(After("[6000000000,5000000000]", "[9]", 0, 1000, Launch with { Kind = LaunchKind.Latency, Concurrency = null }).Samples!.Streams);

    private static LaunchOutcome After(string values, string? streams, long start, long end, LaunchRequest? request = null)
    {
        string also = streams is null ? "" : $",\"streams\":{streams}";
        string samples = $$"""{"type":"samples","series":"latency","n":{{values.Split(',').Length}},"values":{{values}}{{also}} }""";
        string result = $$$"""{"type":"result","windowStart":{{{start}}},"windowEnd":{{{end}}},"output":{"finite":true}}""";
        var conversation = new WorkerConversation(request ?? Launch);
        foreach (string line in new[] { Hello, samples, result }) conversation.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        return conversation.End(new WorkerExit(0));
    }
}
