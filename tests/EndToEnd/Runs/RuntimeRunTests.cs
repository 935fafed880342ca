using System.Text.Json;

namespace Fleetmark.EndToEnd.Runs;

/// <summary>A V100 by replay, a runtime that has kernels for it and one that has none: from the probe to the footnote.</summary>
public sealed class RuntimeRunTests
{
    private const string V100 = """{"device":0,"uuid":"GPU-v100","name":"Tesla V100-SXM2-16GB","computeCapability":"7.0","memoryMib":16160}""";

    private const string Plan = """
        name: volta
        models: [SqueezeNet1_1]
        latency: { devices: [v100], runtimes: [ort122-cuda12, ort131-cuda13] }
        effort: quick
        tables: [wide]
        """;

    [Fact]
    public async Task The_runtime_without_kernels_is_unsupported_in_the_table_and_the_footnote_says_for_which_architecture()
    {
        await using var home = new Home();
        Offer(home);

        Finished run = await home.RunAsync("run", home.Write("volta.yaml", Plan), "--out", home.Beside("out"));

        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        Assert.Contains(run.Errors, l => l.StartsWith("warning: 1 of 2 cells could not be measured here: the runtime has no kernels for the architecture of these devices (sm_70)", StringComparison.Ordinal));
        JsonElement[] cells = [.. Bundle.Read(Path.Combine(home.Beside("out"), "results.jsonl")).Cells];
        Assert.Equal(["ort122-cuda12 valid", "ort131-cuda13 unsupported"], cells.Select(c => $"{c.GetProperty("coordinate").GetProperty("flavour").GetString()} {c.GetProperty("state").GetString()}").Order());
        string tables = await File.ReadAllTextAsync(Path.Combine(home.Beside("out"), "tables.md"), TestContext.Current.CancellationToken);
        Assert.Contains("not supported: the runtime has no kernels for the architecture of these devices (sm_70)", tables, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_it_before_it_is_run_and_the_doctor_says_why()
    {
        await using var home = new Home();
        Offer(home);

        Finished expand = await home.RunAsync("plan", "expand", home.Write("volta.yaml", Plan)), doctor = await home.RunAsync("doctor");

        Assert.Contains("not measured: the runtime has no kernels for the architecture of these devices (sm_70)", expand.Output, StringComparison.Ordinal);
        Assert.Contains("needs runtime:ort122-cuda12/cuda/fp32", expand.Output, StringComparison.Ordinal);
        Assert.Contains("Tesla V100-SXM2-16GB (v100-sxm2-16gb): ort122-cuda12 (cuda)", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("note     ort131-cuda13 cuda on v100-sxm2-16gb: unsupported-arch: ort131-cuda13 has no kernels for compute capability 7.0 (sm_70)", doctor.Output, StringComparison.Ordinal);
    }

    private static void Offer(Home home)
    {
        home.Set("Agent__Nvml__Replay", home.Write("replay.jsonl", V100));
        home.AddFakeRuntime(1, "ort122-cuda12", "nvidia", "cuda=ok");
        home.AddFakeRuntime(2, "ort131-cuda13", "nvidia", "cuda=unsupported-arch:ort131-cuda13 has no kernels for compute capability 7.0 (sm_70)");
    }
}
