using System.Diagnostics;
using System.Text.Json;

namespace Fleetmark.EndToEnd.Workers;

/// <summary>The workers of <c>examples/workers</c> beside ours, through the whole of a run.</summary>
public sealed class ForeignRuntimeTests
{
    private const string Plan = """
        name: side-by-side
        models: [{ name: tiny-res, definition: models/TinyRes.yaml }]
        latency: { devices: [cpu], batches: [1, 4], runtimes: [ort131-cpu, python-stdlib, ort-c] }
        effort: quick
        tables: [runtimes, long]
        """;

    private static string Python => Path.Combine(Home.Repository, "examples", "workers", "python", "worker.py");

    [Fact]
    public async Task Workers_in_python_and_c_stand_in_one_table_beside_ours()
    {
        await using var home = new Home(fakeWorker: false);
        string c = await BuildAsync(home);
        Configure(home, new { Name = "python-stdlib", Executable = Python }, new { Name = "ort-c", Executable = c });
        home.Write("models/TinyRes.yaml", await File.ReadAllTextAsync(Path.Combine(Home.Repository, "tests", "Models.Tests", "Data", "tiny-res.yaml"), TestContext.Current.CancellationToken));
        string output = home.Beside("out");

        Finished run = await home.RunAsync("run", home.Write("plan.yaml", Plan), "--out", output);

        Assert.True(run.ExitCode is 0 or 3, string.Join('\n', run.Errors)); // 3: this machine's own noise
        string[] lines = [.. (await File.ReadAllLinesAsync(Assert.Single(Directory.GetFiles(Path.Combine(output, "tables"), "runtimes-*.csv")), TestContext.Current.CancellationToken))];
        Assert.Equal(
            "model,crop,ort131-cpu_fp32_bs1_ms,ort131-cpu_fp32_bs4_ms,python-stdlib_fp32_bs1_ms,python-stdlib_fp32_bs4_ms,ort-c_fp32_bs1_ms,ort-c_fp32_bs4_ms", lines[0]);
        JsonElement[] cells = [.. Bundle.Read(Path.Combine(output, "results.jsonl")).Cells];
        Assert.Equal(6, cells.Length);
        Dictionary<(string, int), double> ms = cells.ToDictionary(
            cell => (cell.GetProperty("coordinate").GetProperty("flavour").GetString()!, cell.GetProperty("coordinate").GetProperty("batch").GetInt32()), cell => cell.GetProperty("p50Us").GetDouble() / 1000);
        Assert.All(ms.Values, value => Assert.True(value > 0));
        foreach (string flavour in new[] { "ort131-cpu", "python-stdlib", "ort-c" }) Assert.True(ms[(flavour, 4)] > ms[(flavour, 1)], $"{flavour}: a batch of 4 takes {ms[(flavour, 4)]} ms, one image {ms[(flavour, 1)]} ms");
        Assert.True(ms[("ort-c", 4)] < 10 * ms[("ort131-cpu", 4)] && ms[("ort131-cpu", 4)] < 10 * ms[("ort-c", 4)], "the same library over the same model");
        string table = await File.ReadAllTextAsync(Path.Combine(output, "tables.md"), TestContext.Current.CancellationToken);
        Assert.Contains("computed as fp64(stand-in)", table, StringComparison.Ordinal);
        Assert.Contains("(python-stdlib)", table, StringComparison.Ordinal);
        Assert.Contains("ONNX Runtime (C API) 1.31.1 (ort-c)", table, StringComparison.Ordinal);
        Assert.Contains(run.Errors, line => line.Contains("cpu ort-c batch 4: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_keep_to_the_protocol()
    {
        await using var home = new Home();
        string c = await BuildAsync(home);
        foreach (string worker in new[] { Python, c })
        {
            Finished check = await home.RunAsync("worker", "check", "--", worker);
            Assert.True(check.ExitCode == 0, check.Output);
            Assert.Contains("16 passed, 0 failed, 1 not applicable", check.Output, StringComparison.Ordinal);
        }

        await home.NothingRunsAsync();
    }

    [Fact]
    public async Task A_program_everybody_may_write_is_not_started_and_the_run_says_why()
    {
        await using var home = new Home();
        string worker = home.Write("worker.py", await File.ReadAllTextAsync(Python, TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(worker, (UnixFileMode)0b111_111_111);
        Configure(home, first: 1, new { Name = "python-stdlib", Executable = worker });
        string plan = home.Write("plan.yaml", OnePlan);

        Finished run = await home.RunAsync("run", plan);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Errors, l => l.StartsWith("warning: ", StringComparison.Ordinal) && l.Contains("python-stdlib is not started", StringComparison.Ordinal) && l.Contains($"{worker} may be written by everybody", StringComparison.Ordinal));
        Assert.Contains(run.Errors, l => l.StartsWith("warning: 1 of 2 cells could not be measured here", StringComparison.Ordinal));
        Assert.Contains((await home.RunAsync("plan", "check", plan)).Errors, l => l.Contains("1 cells cannot be measured", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(worker, (UnixFileMode)0b111_101_101);
        Assert.Contains((await home.RunAsync("plan", "check", plan)).Errors, l => l.Contains("0 cells cannot be measured", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_with_another_digest_is_not_started_and_the_run_says_why()
    {
        await using var home = new Home();
        string wanted = new('0', 64);
        Configure(home, first: 1, new { Name = "python-stdlib", Executable = Python, Sha256 = wanted });

        Finished run = await home.RunAsync("run", home.Write("plan.yaml", OnePlan));

        Assert.Contains(run.Errors, l => l.StartsWith("warning: ", StringComparison.Ordinal) && l.Contains($"configured is {wanted}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_runtime_that_answers_nothing_is_left_out_and_the_run_says_why()
    {
        await using var home = new Home();
        Configure(home, first: 1, new { Name = "python-stdlib", Executable = "/bin/false" });

        Finished run = await home.RunAsync("run", home.Write("plan.yaml", OnePlan));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Errors, l => l.StartsWith("warning: ", StringComparison.Ordinal) && l.Contains("python-stdlib did not say what it can do (worker-crash): the worker left with exit code 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/opt/mine/worker.py", "plan.yaml:3:47: runtimes: '/opt/mine/worker.py' is a path; a plan never carries an executable; name a runtime that the agent's configuration knows")]
    [InlineData("./worker.py", "plan.yaml:3:47: runtimes: './worker.py' is a path")]
    [InlineData("python3 worker.py", "plan.yaml:3:47: runtimes: 'python3 worker.py' cannot be the name of a runtime")]
    [InlineData("{ executable: /bin/sh }", "plan.yaml:3:47: runtimes: expected the name of a runtime, found a mapping")]
    public async Task A_plan_that_names_a_program_is_refused_with_its_line(string runtime, string says)
    {
        await using var home = new Home();
        home.WorkIn("plans");
        home.Write("plans/plan.yaml", $"name: p\nmodels: [SqueezeNet1_1]\nlatency: {{ devices: [cpu], runtimes: [ort131, {runtime}] }}\n");

        foreach (string[] command in new string[][] { ["plan", "check", "plan.yaml"], ["run", "plan.yaml"] })
        {
            Finished refused = await home.RunAsync(command);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains(says, Assert.Single(refused.Errors), StringComparison.Ordinal);
        }
    }

    private const string OnePlan = "name: p\nmodels: [SqueezeNet1_1]\nlatency: { devices: [cpu], runtimes: [ort131-cpu, python-stdlib] }\neffort: quick\n";

    private static void Configure(Home home, params object[] runtimes) => Configure(home, first: 0, runtimes);

    /// <summary>Writes the home's <c>appsettings.json</c>. Entries before <paramref name="first"/> stand in variables, which count more.</summary>
    private static void Configure(Home home, int first, params object[] runtimes) => home.Write(
        "home/appsettings.json", JsonSerializer.Serialize(new { Agent = new { Runtimes = Enumerable.Range(0, first).Select(_ => (object)new { Name = "x" }).Concat(runtimes) } }));

    private static async Task<string> BuildAsync(Home home)
    {
        string program = home.Beside("c-worker");
        using Process build = Process.Start(new ProcessStartInfo(Path.Combine(Home.Repository, "examples", "workers", "c", "build.sh"), [program]) { RedirectStandardError = true, UseShellExecute = false })!;
        string errors = await build.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(build.ExitCode == 0, errors);
        return program;
    }
}
