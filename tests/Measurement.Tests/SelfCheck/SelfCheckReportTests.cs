using System.Text.Json;
using Fleetmark.Measurement.Bracketing;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.SelfCheck;

namespace Fleetmark.Measurement.Tests.SelfCheck;

public sealed class SelfCheckReportTests
{
    [Theory]
    [InlineData(1.02, 1.0, SelfCheckVerdict.Passed, "")]
    [InlineData(1.03, 1.0, SelfCheckVerdict.Passed, "")]
    [InlineData(0.9, 1.0, SelfCheckVerdict.Passed, "")]
    [InlineData(1.04, 1.0, SelfCheckVerdict.Failed, "the ratio is 1.0400 to 1.0400, at most 1.03 is allowed")]
    [InlineData(1.02, 1.01, SelfCheckVerdict.Passed, "")]
    [InlineData(1.02, 1.02, SelfCheckVerdict.NotMeasurable, "the same call against itself gives 1.0200 to 1.0200, which does not touch 0.99 to 1.01")]
    [InlineData(1.02, 0.98, SelfCheckVerdict.NotMeasurable, "the same call against itself gives 0.9800 to 0.9800, which does not touch 0.99 to 1.01")]
    [InlineData(1.04, 1.02, SelfCheckVerdict.NotMeasurable, "the same call against itself gives 1.0200 to 1.0200, which does not touch 0.99 to 1.01")]
    public void A_ratio_is_judged_only_where_the_control_holds(double tested, double idle, SelfCheckVerdict verdict, string reason)
    {
        var result = SelfCheckResult.Of("m", 1.03, Series(tested, idle));

        Assert.Equal((verdict, reason), (result.Verdict, result.Reason));
    }

    [Fact]
    public void An_interval_that_holds_the_limit_decides_nothing()
    {
        // Half of the blocks below the limit, half above.
        BlockSeries series = Series(1.01, 1);
        double[] blocks = [.. series.BlockNs.Select((ns, i) => i % 4 == 0 ? 1050 : ns)];

        var result = SelfCheckResult.Of("m", 1.03, series with { BlockNs = blocks });

        Assert.Equal(SelfCheckVerdict.NotMeasurable, result.Verdict);
        Assert.Equal("the interval 1.0100 to 1.0500 holds the limit 1.03", result.Reason);
    }

    [Fact]
    public void An_allocation_or_a_collection_fails_however_fast_it_was()
    {
        BlockSeries fast = Series(1, 1);

        var allocating = SelfCheckResult.Of("m", 1.03, fast with { AllocatedBytes = 240 });
        var collecting = SelfCheckResult.Of("m", 1.03, fast with { Collections = 2 });

        Assert.Equal((SelfCheckVerdict.Failed, "the timed calls allocated 240 bytes"), (allocating.Verdict, allocating.Reason));
        Assert.Equal(240.0 / (10 * 10), allocating.BytesPerCall);
        Assert.Equal((SelfCheckVerdict.Failed, "2 garbage collections came between the timed calls"), (collecting.Verdict, collecting.Reason));
    }

    [Theory]
    [InlineData(1.02, 1.005, SelfCheckVerdict.Passed)]
    [InlineData(1.02, 1.02, SelfCheckVerdict.Failed)]
    [InlineData(1.04, 1.005, SelfCheckVerdict.Failed)]
    public void The_short_call_may_cost_three_percent_more_and_the_long_one_a_percent(double shorter, double longer, SelfCheckVerdict verdict)
    {
        SelfCheckReport report = Report(Series(shorter, 1), Series(longer, 1));

        Assert.Equal(verdict, report.Verdict);
        Assert.Equal([1.03, 1.01], report.Checks.Select(check => check.Limit));
    }

    [Fact]
    public void A_failed_check_outweighs_one_that_cannot_be_measured()
    {
        Assert.Equal(SelfCheckVerdict.Failed, Report(Series(1, 1.5), Series(1.5, 1)).Verdict);
        Assert.Equal(SelfCheckVerdict.NotMeasurable, Report(Series(1, 1.5), Series(1, 1)).Verdict);
    }

    [Fact]
    public void Its_json_has_the_promised_members_first()
    {
        JsonElement report = JsonDocument.Parse(Report(Series(1.02, 1), Series(1, 1)).ToJson()).RootElement;

        Assert.Equal(["timerFloorNs", "checks", "runtime", "measuredAt", "verdict"], report.EnumerateObject().Select(member => member.Name));
        Assert.Equal(31, report.GetProperty("timerFloorNs").GetInt64());
        Assert.Equal("passed", report.GetProperty("verdict").GetString());
        JsonElement check = report.GetProperty("checks")[0];
        Assert.Equal(
            ["model", "p50Ns", "ratio", "low", "high", "bytesPerCall", "collections", "aaLow", "aaHigh", "limit", "verdict", "reason"],
            check.EnumerateObject().Select(member => member.Name));
        Assert.Equal("0", check.GetProperty("bytesPerCall").GetRawText());
        Assert.Equal("0", check.GetProperty("collections").GetRawText());
        Assert.Equal(1020, check.GetProperty("p50Ns").GetDouble(), 9);
        Assert.Equal(["chain-4", "chain-64"], report.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("model").GetString()));
    }

    [Fact]
    public void A_report_is_read_as_it_was_written()
    {
        SelfCheckReport report = Report(Series(1.02, 1), Series(1, 1.5));
        var read = SelfCheckReport.FromJson(report.ToJson());
        Assert.Equal(report.Checks, read.Checks);
        Assert.Equal((report.TimerFloorNs, report.Runtime, report.MeasuredAt, report.Verdict), (read.TimerFloorNs, read.Runtime, read.MeasuredAt, read.Verdict));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"timerFloorNs":1,"checks":[],"runtime":"r","measuredAt":"1970-01-01T00:00:00Z"}""")]
    public void What_is_no_report_is_refused(string json) => Assert.Throws<JsonException>(() => SelfCheckReport.FromJson(json));

    [Theory]
    [InlineData("\"ratio\":1", "\"ratio\":0")]
    [InlineData("\"p50Ns\":1000", "\"p50Ns\":-1000")]
    [InlineData("\"timerFloorNs\":31", "\"timerFloorNs\":-31")]
    [InlineData("\"verdict\":\"passed\"", "\"verdict\":\"splendid\"")]
    [InlineData("\"runtime\":\"r\"", "\"runtime\":\"\"")]
    public void Numbers_nobody_can_have_measured_are_refused(string written, string becomes)
    {
        string json = Report(Series(1, 1), Series(1, 1)).ToJson();
        Assert.Contains(written, json, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => SelfCheckReport.FromJson(json.Replace(written, becomes, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_request_asks_for_enough_blocks_of_every_model_of_the_report()
    {
        SelfCheckRequest request = SelfCheckReport.Request([3]);

        Assert.Equal([3], request.Cpus);
        Assert.Equal(150, request.Blocks);
        Assert.Equal(Report(Series(1, 1), Series(1, 1)).Checks.Select(check => check.Model), request.Models.Select(model => model.Name));
    }

    private static SelfCheckReport Report(params BlockSeries[] series) => SelfCheckReport.Of("r", DateTimeOffset.UnixEpoch, new SelfCheckMessage { TimerFloorNs = 31, Series = series });

    /// <summary>Twenty blocks between controls of 1 µs; every other one is a tested one.</summary>
    private static BlockSeries Series(double tested, double idle) => new()
    {
        ControlNs = [.. Enumerable.Repeat(1000.0, 21)],
        BlockNs = [.. Enumerable.Range(0, 20).Select(i => 1000 * (i % 2 == 0 ? tested : idle))],
        IsTested = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0)],
        CallsPerBlock = 10,
        AllocatedBytes = 0,
        Collections = 0,
    };
}
