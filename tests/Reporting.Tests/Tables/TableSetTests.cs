using System.Globalization;
using System.Text;
using Fleetmark.Contracts.Jobs;
using Fleetmark.Contracts.Tables;
using Fleetmark.Documents;
using Fleetmark.Measurement.Launches;
using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Tables;

namespace Fleetmark.Reporting.Tests.Tables;

public sealed class TableSetTests
{
    private static readonly RenderOptions All = new() { Layouts = ["model-page", "wide", "long"], ProductVersion = "0.1.0" };

    [Fact]
    public void A_run_becomes_the_promised_files()
    {
        string[] paths = [.. TableSet.Render(SampleRun.Cpu(), new RenderOptions { ProductVersion = "0.1.0" }).Select(f => f.RelativePath)];
        Assert.Equal(
            [
                "plots/batch-scaling.cpu-amd-epyc-2c.svg",
                "plots/latency-flops.cpu-amd-epyc-2c.fp32.b1.svg", "plots/latency-flops.cpu-amd-epyc-2c.fp32.b4.svg", "plots/latency-flops.cpu-amd-epyc-2c.fp32.b8.svg",
                "plots/latency-params.cpu-amd-epyc-2c.fp32.b1.svg", "plots/latency-params.cpu-amd-epyc-2c.fp32.b4.svg", "plots/latency-params.cpu-amd-epyc-2c.fp32.b8.svg",
                "tables.csv", "tables.html", "tables.json", "tables.md", "tables.tex",
                "tables/model-page-accuracy.csv", "tables/model-page-cpu-amd-epyc-2c.csv",
            ],
            paths);
    }

    [Fact]
    public void Every_file_is_utf8_without_mark_and_ends_with_one_line_feed()
    {
        foreach (OutputFile file in TableSet.Render(SampleRun.EveryState(), All))
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file.Bytes.Span);
            Assert.True(text[0] != '\uFEFF' && !text.Contains('\r', StringComparison.Ordinal) && text.EndsWith('\n') && !text.EndsWith("\n\n", StringComparison.Ordinal), file.RelativePath);
        }
    }

    [Fact]
    public void The_bytes_do_not_depend_on_culture_or_thread()
    {
        IReadOnlyList<OutputFile> expected = TableSet.Render(SampleRun.EveryState(), All);
        string[] cultures = ["en-US", "de-DE", "zh-CN", "ar-SA"];
        var failures = new List<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, 16).Select(i => new Thread(() =>
        {
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(cultures[i % cultures.Length]);
                IReadOnlyList<OutputFile> again = TableSet.Render(SampleRun.EveryState(), All);
                Assert.Equal(expected.Select(f => f.RelativePath), again.Select(f => f.RelativePath));
                foreach ((OutputFile one, OutputFile other) in expected.Zip(again)) Assert.True(one.Bytes.Span.SequenceEqual(other.Bytes.Span), one.RelativePath);
            }
            catch (Exception e) when (Remember(e))
            {
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Empty(failures);

        bool Remember(Exception e)
        {
            lock (failures) failures.Add(e);
            return true;
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_is_none_is_refused(double number)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Quantity(number));
        RunResults run = SampleRun.Cpu();
        run = run with { Cells = [.. run.Cells.Select((c, i) => i == 3 ? c with { CiHighUs = number } : c)] };
        Assert.Throws<ArgumentOutOfRangeException>(() => TableSet.Render(run, All));
    }

    [Fact]
    public void An_unknown_layout_is_a_problem() =>
        Assert.Equal("layout: no layout is named 'wyde'; did you mean 'wide'?", Assert.Throws<ProblemException>(() => TableSet.Render(SampleRun.Cpu(), All with { Layouts = ["wyde"] })).Message);

    [Fact]
    public void A_plan_without_layouts_is_shown_wide()
    {
        RunResults run = SampleRun.Cpu();
        run = run with { Plan = run.Plan with { Tables = [] } };
        Assert.Equal("wide-cpu-amd-epyc-2c", Assert.Single(TableSet.Tables(run, new RenderOptions { ProductVersion = "0.1.0" })).Key);
    }

    [Fact]
    public void Two_providers_of_a_class_are_two_tables()
    {
        RunResults run = SampleRun.Cpu();
        run = run with { Cells = [.. run.Cells, .. run.Cells.Select(c => c with { Cell = c.Cell with { Provider = "xnnpack" } })] };
        Assert.Equal(["wide-cpu-amd-epyc-2c-cpu-ort131-cpu", "wide-cpu-amd-epyc-2c-xnnpack-ort131-cpu"], TableSet.Tables(run, All with { Layouts = ["wide"] }).Select(t => t.Key));
        string[] paths = [.. TableSet.Render(run, All).Select(f => f.RelativePath)];
        Assert.Equal(paths.Length, paths.Distinct().Count());
    }

    [Fact]
    public void Runtimes_of_a_class_stand_side_by_side_in_plan_order()
    {
        RunResults run = Runtimes("zeta-1", "ort131-cpu");
        Table table = TableSet.Tables(run, All with { Layouts = ["runtimes"] }).Single();
        Assert.Equal("runtimes-cpu-amd-epyc-2c", table.Key);
        Assert.Equal(["model", "crop", "zeta-1_fp32_bs1_ms", "zeta-1_fp32_bs4_ms", "zeta-1_fp32_bs8_ms", "ort131-cpu_fp32_bs1_ms", "ort131-cpu_fp32_bs4_ms", "ort131-cpu_fp32_bs8_ms"], table.Columns.Select(c => c.Key));
        Assert.Equal([null, null, "zeta-1", "zeta-1", "zeta-1", "ort131-cpu", "ort131-cpu", "ort131-cpu"], table.Columns.Select(c => c.Group));
        Assert.Equal(["zeta-1", "zeta-1", "zeta-1", "ort131-cpu", "ort131-cpu", "ort131-cpu"], table.Rows[0].Cells.Skip(2).Select(c => c.Cell!.Flavour));
        Assert.All(table.Rows, row => Assert.True(row.Cells[2].Value!.Value.Value > row.Cells[5].Value!.Value.Value));
    }

    [Fact]
    public void A_runtime_that_computed_in_another_format_is_marked()
    {
        RunResults run = Runtimes("zeta-1", "ort131-cpu");
        run = run with { Cells = [.. run.Cells.Select(c => c.Cell.Flavour == "zeta-1" ? c with { PrecisionEffective = "fp64(stand-in)" } : c)] };
        Table table = TableSet.Tables(run, All with { Layouts = ["runtimes"] }).Single();
        Assert.Equal("[1] computed as fp64(stand-in)", Assert.Single(table.Notes).Line);
        Assert.Equal([1, 1, 1, 0, 0, 0], table.Rows[0].Cells.Skip(2).Select(c => c.NoteNumbers.Count));
    }

    [Fact]
    public void Providers_are_named_beside_the_runtime_where_they_differ()
    {
        RunResults run = SampleRun.Cpu(models: 1);
        run = run with { Cells = [.. run.Cells, .. run.Cells.Select(c => c with { Cell = c.Cell with { Provider = "xnnpack" } })] };
        Assert.Equal(["cpu · ort131-cpu", "xnnpack · ort131-cpu"], TableSet.Tables(run, All with { Layouts = ["runtimes"] }).Single().Columns.Select(c => c.Group).OfType<string>().Distinct());
    }

    [Fact]
    public void Clock_policies_of_a_class_are_tables_of_their_own_with_the_policy_in_title_and_key()
    {
        RunResults run = Clocked(ClockPolicy.Free, new ClockPolicy(ClockRule.Base), new ClockPolicy(ClockRule.Fixed, 1590));
        IReadOnlyList<Table> tables = TableSet.Tables(run, All with { Layouts = ["wide"] });
        Assert.Equal(["wide-t4-cuda-ort122-cuda12", "wide-t4-cuda-ort122-cuda12-base", "wide-t4-cuda-ort122-cuda12-1590"], tables.Select(t => t.Key));
        Assert.Equal(["clocks free", "clocks base", "clocks 1590 MHz"], tables.Select(t => t.Title.Split(" · ")[^1]));
        string[] paths = [.. TableSet.Render(run, All).Select(f => f.RelativePath)];
        Assert.Equal(paths.Length, paths.Distinct().Count());
        Assert.Contains("plots/latency-flops.t4-cuda-ort122-cuda12-1590.fp32.b1.svg", paths);
        Assert.Equal(
            ["ort122-cuda12 · clocks free", "ort122-cuda12 · clocks base", "ort122-cuda12 · clocks 1590 MHz"],
            TableSet.Tables(run, All with { Layouts = ["runtimes"] }).Single().Columns.Select(c => c.Group).OfType<string>().Distinct());
    }

    [Fact]
    public void Locked_clocks_stand_in_the_title_also_where_there_are_no_others_and_free_ones_do_not()
    {
        Table locked = TableSet.Tables(Clocked(new ClockPolicy(ClockRule.Base)), All with { Layouts = ["wide"] }).Single(), free = TableSet.Tables(Clocked(ClockPolicy.Free), All with { Layouts = ["wide"] }).Single();
        Assert.Equal(("wide-t4", free.Title + " · clocks base"), (locked.Key, locked.Title));
        Assert.DoesNotContain("clocks", free.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_per_cell_has_a_column_of_clocks_where_any_are_locked()
    {
        Table table = TableSet.Tables(Clocked(ClockPolicy.Free, new ClockPolicy(ClockRule.Fixed, 1590)), All with { Layouts = ["long"] }).Single();
        int column = table.Columns.Select(c => c.Key).ToList().IndexOf("clocks");
        Assert.Equal(["free", "1590"], table.Rows.Select(r => r.Cells[column].Text).Distinct());
        Assert.Equal(table.Rows.Count, table.Rows.Select(r => r.Key).Distinct().Count());
        Assert.Contains("AlexNet/t4/fp32/b1/cuda/ort122-cuda12/1590", table.Rows.Select(r => r.Key));
        Assert.DoesNotContain("clocks", TableSet.Tables(Clocked(ClockPolicy.Free), All with { Layouts = ["long"] }).Single().Columns.Select(c => c.Key));
    }

    [Fact]
    public void Energy_has_columns_where_the_plan_asks_for_it_and_says_where_there_is_none()
    {
        RunResults run = SampleRun.Cpu(models: 2);
        run = run with
        {
            Plan = run.Plan with { Latency = run.Plan.Latency with { Energy = true } },
            Cells = [.. run.Cells.Select((c, i) => i == 0 ? c with { Notes = ["energy-unmeasured"] } : c with { EnergyUjPerItem = 175_000, EnergyNetUjPerItem = 100_000 })],
        };
        Table wide = TableSet.Tables(run, All with { Layouts = ["wide"] }).Single();
        Assert.Equal(["fp32_bs1_j", "fp32_bs4_j", "fp32_bs8_j"], wide.Columns.Skip(5).Select(c => c.Key));
        Assert.All(wide.Columns.Skip(5), c => Assert.Equal(("FP32, energy per image, J", "J"), (c.Group, c.Unit)));
        Assert.Equal(["n/m", "0.175", "0.175"], wide.Rows[0].Cells.Skip(5).Select(c => c.Text));
        Assert.Null(wide.Rows[0].Cells[5].Value);
        Assert.Contains("n/m = not measured: the device or the worker tells no energy", wide.Notes.Select(n => n.Line));
        Assert.Contains("[1] energy was asked for and could not be measured", wide.Notes.Select(n => n.Line));

        Table rows = TableSet.Tables(run, All with { Layouts = ["long"] }).Single();
        int column = rows.Columns.Select(c => c.Key).ToList().IndexOf("energy_j");
        Assert.Equal(["n/m", "n/m", "0.175", "0.100"], [rows.Rows[0].Cells[column].Text, rows.Rows[0].Cells[column + 1].Text, rows.Rows[1].Cells[column].Text, rows.Rows[1].Cells[column + 1].Text]);
        string csv = CsvTable.Long([wide]);
        Assert.Contains("fp32_bs4_j,AlexNet,cpu-amd-epyc-2c,fp32,4,energy.perImage,J,0.175,", csv, StringComparison.Ordinal);
        Assert.Contains("fp32_bs1_j,AlexNet,cpu-amd-epyc-2c,fp32,1,energy.perImage,J,,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void Energy_that_nobody_asked_for_has_no_column() => Assert.DoesNotContain(
        TableSet.Tables(SampleRun.Cpu(), All).SelectMany(t => t.Columns), c => c.Source.IsEnergy || c.Key.EndsWith("_j", StringComparison.Ordinal));

    /// <summary>A T4 with one precision, measured at each of the policies.</summary>
    private static RunResults Clocked(params ClockPolicy[] policies)
    {
        CellResult[] cells = [.. ((string[])["AlexNet", "VGG11"]).Select(model => SampleRun.Measured(SampleRun.CellOf(model, "t4", Precision.Fp32, 1), 1000))];
        RunResults run = SampleRun.Of([SampleRun.T4()], [.. policies.SelectMany(policy => cells.Select(c => c with { Cell = c.Cell with { Clocks = policy } }))]);
        return run with { Models = [.. run.Models.Where(m => m.Name is "AlexNet" or "VGG11")] };
    }

    private static RunResults Runtimes(params string[] planned)
    {
        RunResults run = SampleRun.Cpu(models: 2);
        return run with
        {
            Plan = run.Plan with { Latency = run.Plan.Latency with { Runtimes = planned } },
            Cells = [.. run.Cells, .. run.Cells.Select(c => c with { Cell = c.Cell with { Flavour = "zeta-1" }, P50Us = 3 * c.P50Us })],
        };
    }

    [Fact]
    public void Two_cells_for_one_place_are_refused()
    {
        RunResults run = SampleRun.Cpu();
        run = run with { Cells = [.. run.Cells, run.Cells[0]] };
        Assert.Throws<ArgumentException>(() => TableSet.Tables(run, All));
    }

    [Fact]
    public void The_digest_is_the_same_in_every_format_and_changes_with_a_number()
    {
        RunResults run = SampleRun.Cpu();
        string digest = "sha256:" + TableSet.Tables(run, All with { Layouts = ["wide"] }).Single().Digest;
        foreach (TableFormat format in (TableFormat[])[TableFormat.Markdown, TableFormat.Html, TableFormat.Json, TableFormat.Tex])
            Assert.Contains(digest, Encoding.UTF8.GetString(TableSet.RenderOne(run, format, All with { Layouts = ["wide"] })), StringComparison.Ordinal);
        RunResults other = run with { Cells = [.. run.Cells.Select((c, i) => i == 0 ? c with { P50Us = c.P50Us + 0.001 } : c)] };
        Assert.NotEqual(digest, "sha256:" + TableSet.Tables(other, All with { Layouts = ["wide"] }).Single().Digest);
    }

    [Fact]
    public void A_model_outside_the_plans_cells_keeps_its_row_and_says_that_nothing_was_planned()
    {
        RunResults run = SampleRun.Cpu();
        run = run with { Cells = [.. run.Cells.Where(c => c.Cell.Model != "VGG11")] };
        Table table = TableSet.Tables(run, All with { Layouts = ["wide"] }).Single();
        Assert.Equal(["–", "–", "–"], table.Rows[3].Cells.Skip(2).Select(c => c.Text));
        Assert.DoesNotContain("VGG11,", CsvTable.Long([table]).Replace("VGG11,crop", "", StringComparison.Ordinal).Replace("VGG11,,,,model.crop", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_cells_is_a_table_without_rows()
    {
        RunResults run = SampleRun.Of([SampleRun.CpuClass()], []);
        Assert.Contains("no rows", Encoding.UTF8.GetString(TableSet.RenderOne(run, TableFormat.Markdown, All with { Layouts = ["wide"] })), StringComparison.Ordinal);
        Assert.Contains("无数据", Encoding.UTF8.GetString(TableSet.RenderOne(run, TableFormat.Html, All with { Layouts = ["wide"], Language = Language.Chinese })), StringComparison.Ordinal);
    }

    [Fact]
    public void Simulated_devices_are_named_in_every_format()
    {
        foreach (TableFormat format in (TableFormat[])[TableFormat.Markdown, TableFormat.Html, TableFormat.Json, TableFormat.Tex])
            Assert.Contains("simulated devices", Encoding.UTF8.GetString(TableSet.RenderOne(SampleRun.EveryState(), format, All)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_percentile_that_needs_more_samples_says_how_many_there_were()
    {
        RunResults run = SampleRun.Of([SampleRun.CpuClass()], [SampleRun.Measured(SampleRun.CellOf("AlexNet", "cpu-amd-epyc-2c", Precision.Fp32, 1), 1000) with { P99Us = null, Count = 412, CiLowUs = null }]);
        Table table = TableSet.Tables(run, All with { Layouts = ["long"] }).Single();
        string At(string key) => table.Rows[0].Cells[table.Columns.Select(c => c.Key).ToList().IndexOf(key)].Text;
        Assert.Equal(("n/a (n=412)", "n/a", "412"), (At("p99_ms"), At("lo_ms"), At("n")));
    }

    [Fact]
    public void A_note_of_all_numbers_is_said_once_and_one_of_some_is_numbered()
    {
        RunResults run = SampleRun.Cpu();
        run = run with { Cells = [.. run.Cells.Select((c, i) => c with { Notes = i == 2 ? ["target-missed", "bimodal (12.3 and 14.5 µs)"] : ["target-missed"] })] };
        Table table = TableSet.Tables(run, All with { Layouts = ["wide"] }).Single();
        Assert.Equal(["all numbers: the interval is wider than the effort aims at", "[1] the samples gather around two values"], table.Notes.Select(n => n.Line));
        Assert.Equal([1], table.Rows.SelectMany(r => r.Cells).Select(c => c.NoteNumbers.Count).Where(n => n > 0));
        Assert.Equal(["target-missed", "bimodal (12.3 and 14.5 µs)"], table.Rows[0].Cells[4].Words);
    }

    [Fact]
    public void A_failed_cell_with_an_unknown_code_is_an_error_with_the_code_as_its_reason()
    {
        CellResult cell = SampleRun.Empty(SampleRun.Measured(SampleRun.CellOf("AlexNet", "cpu-amd-epyc-2c", Precision.Fp32, 1), 1), CellState.Failed, "strange");
        Table table = TableSet.Tables(SampleRun.Of([SampleRun.CpuClass()], [cell]), All with { Layouts = ["wide"] }).Single();
        Assert.Equal("ERROR = every attempt failed: strange", table.Notes[0].Line);
    }
}
