using System.Text;
using Fleetmark.Contracts.Tables;
using Fleetmark.Fixtures;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.SelfCheck;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>What tables say of the harness that measured them.</summary>
public sealed class HarnessLineTests
{
    private const string Class = "cpu-amd-epyc-2c";

    [Fact]
    public void One_machine_with_its_ratios() => Assert.Equal(
        "- Harness: a timed call takes 1.007 (at 1.4 µs), 1.002 (at 11.2 µs) of one through the runtime's C API alone · ort131-cpu 1970-01-01",
        Line(Fact("a", SampleSelfCheck.Report())));

    [Fact]
    public void Several_machines_show_their_range_and_what_is_wrong_with_some() => Assert.Equal(
        "- Harness: a timed call takes 1.007–1.200 (at 1.4 µs), 1.002–1.300 (at 11.2 µs) of one through the runtime's C API alone · ort131-cpu 1970-01-01"
        + " · beyond the limits on 1 of 4 machines · not measurable on 1 of 4 machines · not checked on 1 of 4 machines",
        Line(
            Fact("a", SampleSelfCheck.Report()),
            Fact("b", SampleSelfCheck.Report(1.2, 1.3, SelfCheckVerdict.Failed)),
            Fact("c", SampleSelfCheck.Report(verdict: SelfCheckVerdict.NotMeasurable)),
            Fact("d", null)));

    [Fact]
    public void An_agent_that_measured_on_two_classes_is_one_machine() => Assert.DoesNotContain(
        "machines", Line(Fact("a", SampleSelfCheck.Report()), Fact("a", SampleSelfCheck.Report())), StringComparison.Ordinal);

    [Fact]
    public void A_machine_that_measured_nothing_of_what_is_shown_does_not_enter() => Assert.DoesNotContain(
        "1.5", Line(Fact("a", SampleSelfCheck.Report()), Fact("b", SampleSelfCheck.Report(1.5)) with { DeviceClass = "t4" }), StringComparison.Ordinal);

    [Fact]
    public void Unchecked_is_said() => Assert.Equal("- Harness: not checked", Line(Fact("a", null)));

    [Fact]
    public void In_Chinese() => Assert.Equal(
        "- 测量开销：计时调用的时间与直接经运行时 C API 调用之比为 1.007（1.4 µs 时）、1.002（11.2 µs 时） · ort131-cpu 1970-01-01",
        Page(Language.Chinese, Fact("a", SampleSelfCheck.Report())).Split('\n').Single(line => line.Contains("测量开销", StringComparison.Ordinal)));

    [Fact]
    public void A_table_without_numbers_says_nothing_of_it() => Assert.DoesNotContain(
        "Harness", Render(SampleRun.Of([SampleRun.CpuClass()], []), Language.English), StringComparison.Ordinal);

    private static HarnessFacts Fact(string agent, SelfCheckReport? report) => new(Class, agent, report);

    private static string Line(params HarnessFacts[] facts) => Page(Language.English, facts).Split('\n').Single(line => line.Contains("Harness", StringComparison.Ordinal));

    private static string Page(Language language, params HarnessFacts[] facts) =>
        Render(SampleRun.Of([SampleRun.CpuClass()], [SampleRun.Measured(SampleRun.CellOf("AlexNet", Class, Precision.Fp32, 1), 1000)]) with { Harness = facts }, language);

    private static string Render(RunResults run, Language language) => Encoding.UTF8.GetString(
        TableSet.Render(run, new RenderOptions { Layouts = ["wide"], Language = language, ProductVersion = "0.1.0" }).Single(f => f.RelativePath == "tables.md").Bytes.Span);
}
