using Fleetmark.Agent.Conformance;
using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;

namespace Fleetmark.Agent.Tests.Conformance;

/// <summary>Real workers under check: ours, the documented one, and the documented one with one fault each.</summary>
public sealed class WorkerConformanceTests : IDisposable
{
    private const string Definition = """
        model: small
        input: {name: x, dtype: float32, shape: [N, 3, 8, 8]}
        output: {name: y, dtype: float32, shape: [N, 4]}
        image: {crop: 8, resizeShort: 8}
        layers:
          - {id: conv, op: conv, cin: 3, cout: 4, k: 3, s: 2, p: 1, bias: true, act: relu, out: [4, 4, 4]}
          - {id: pool, op: globalavgpool, out: [4, 1, 1]}
          - {id: flat, op: flatten, axis: 1, out: [4]}
        """;

    private static readonly string Example = File.ReadAllText(Path.Combine(Root(), "examples", "workers", "python", "worker.py"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Faults => new()
    {
        { "capabilities", "\"state\": \"ok\"", "\"state\": \"error\"" },
        { "capabilities", "\"kinds\": [\"latency\"]", "\"kinds\": []" },
        { "capabilities", "send(\"hello\", protocol=1", "send(\"hello\", protocol=2" },
        { "launch", "send(\"samples\", series=\"latency\", n=len(times), values=times)\n", "" },
        { "launch", "send(\"phase\", name=\"load\", at=time.monotonic_ns())", "send(\"phase\", name=\"load\", at=time.monotonic())" },
        { "clock", "windowStart=begin, windowEnd=end", "windowStart=time.time_ns() - 10, windowEnd=time.time_ns()" },
        { "clock", "values=times", "values=[2 * t for t in times]" },
        { "throughput", "\"kinds\": [\"latency\"]", "\"kinds\": [\"latency\", \"throughput\"]" },
        { "unknown-fields", "if request[\"type\"] != \"launch\":", "if \"novelty\" in request:\n    fail(\"bad-request\", \"unknown field\")\nif request[\"type\"] != \"launch\":" },
        { "other-version", "if request.get(\"protocol\") != 1:", "if False:" },
        { "other-version", "\"only protocol 1 is spoken here\", supported=[1]", "\"only protocol 1 is spoken here\"" },
        { "other-request", "fail(\"unsupported\", f\"requests", "fail(\"model\", f\"requests" },
        { "garbage", "except ValueError", "except KeyError" },
        { "other-precision", "\"precision\": \"fp32\", \"scope\"", "\"scope\"" },
        { "other-provider", "\"provider\": \"cpu\", ", "" },
        { "other-option", ", \"options\": {}}", "}" },
        { "wrong-hash", "not in (None, hashlib.sha256(data).hexdigest())", "is None" },
        { "no-model", "fail(\"model\", str(problem))", "sys.exit(3)" },
        { "cancel", "os.dup2(2, 1)\n", "os.dup2(2, 1)\nimport signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + Deaf },
        { "end-of-input", "os.dup2(2, 1)\n", "os.dup2(2, 1)\n" + Deaf },
    };

    /// <summary>The thread that reads stdin never starts.</summary>
    private const string Deaf = "threading.Thread.start = lambda self: None\n";

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_found_by_its_check(string check, string sound, string faulty)
    {
        Assert.Contains(sound, Example, StringComparison.Ordinal);
        ConformanceReport report = await CheckAsync(Python(), [Script(Example.Replace(sound, faulty, StringComparison.Ordinal))], check);
        ConformanceFinding finding = report.Findings.Single(f => f.Check == check);
        Assert.True(finding.Verdict == ConformanceVerdict.Failed, finding.Found);
        NothingStays();
    }

    [Fact]
    public async Task The_documented_worker_keeps_to_the_protocol()
    {
        ConformanceReport report = await CheckAsync(Python(), [Script(Example)]);
        Assert.All(report.Findings, f => Assert.True(f.Verdict == (f.Check == "throughput" ? ConformanceVerdict.NotApplicable : ConformanceVerdict.Passed), $"{f.Check}: {f.Found}"));
        Assert.Equal(ConformanceChecks.All.Select(c => c.Name), report.Findings.Select(f => f.Check));
        NothingStays();
    }

    [Fact]
    public async Task Our_own_worker_keeps_to_the_protocol()
    {
        string worker = Path.Combine(AppContext.BaseDirectory, "workers", "ort131-cpu", "Fleetmark.Worker");
        ConformanceReport report = await CheckAsync(worker, []);
        Assert.All(report.Findings, f => Assert.True(f.Verdict == ConformanceVerdict.Passed, $"{f.Check}: {f.Found}"));
    }

    [Fact]
    public async Task What_a_worker_does_not_claim_is_not_asked_of_it()
    {
        string modest = Example.Replace("formats=[\"onnx\"]", "formats=[]", StringComparison.Ordinal).Replace(",\n     effective={\"precision\": \"fp64(stand-in)\"})", ")", StringComparison.Ordinal);
        ConformanceReport report = await CheckAsync(Python(), [Script(modest)], "effective", "wrong-hash", "no-model");
        Assert.Equal(["effective", "wrong-hash", "no-model"], report.Findings.Where(f => f.Verdict == ConformanceVerdict.NotApplicable).Select(f => f.Check));
    }

    [Fact]
    public async Task A_program_everybody_may_write_is_a_fault()
    {
        string script = Script(Example);
        TemporaryFolder.Permit(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        ConformanceFinding finding = (await CheckAsync(Python(), [script], "program")).Findings.Single(f => f.Check == "program");
        Assert.Equal(ConformanceVerdict.Failed, finding.Verdict);
        Assert.Contains("worker.py may be written by everybody", finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\\r\\nb", "error `bad-request`: a b")]
    [InlineData("a\\nb", "error `bad-request`: a b")]
    public async Task A_message_of_several_lines_is_shown_in_one(string message, string shown)
    {
        string script = $$"""printf '%s\n' '{"type":"hello","protocol":1}' '{"type":"error","code":"bad-request","message":"{{message}}"}'; exit 10""";
        ConformanceFinding finding = (await CheckAsync("/bin/sh", ["-c", script], "garbage")).Findings.Single(f => f.Check == "garbage");
        Assert.Equal((ConformanceVerdict.Passed, shown), (finding.Verdict, finding.Found));
    }

    [Theory]
    [InlineData("none", null, "No such file")]
    [InlineData("text", "no program", "ermission denied")]
    public async Task What_cannot_be_started_is_said_once(string name, string? content, string said)
    {
        if (content is not null) _folder.Save(name, content);
        ConformanceReport report = await CheckAsync(_folder.At(name), []);
        Assert.Contains(said, report.NotStarted, StringComparison.Ordinal);
        Assert.Empty(report.Findings);
        NothingStays();
    }

    [Fact]
    public async Task A_person_who_stops_the_check_stops_its_worker()
    {
        using var interrupt = new CancellationTokenSource();
        Task<ConformanceReport> running = WorkerConformance.RunAsync(
            Subject("/bin/sh", ["-c", "echo '{\"type\":\"hello\",\"protocol\":1}'; cat > /dev/null; sleep 60"]), name => { if (name == "launch") interrupt.Cancel(); }, _ => { }, TimeProvider.System, interrupt.Token);
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        NothingStays();
    }

    [Fact]
    public void The_page_lists_the_checks_and_has_the_sections_they_name()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "worker-protocol.md"));
        Assert.All(ConformanceChecks.All, check =>
        {
            Assert.Contains($"| `{check.Name}` | {check.Expected} |\n", page, StringComparison.Ordinal);
            Assert.Contains($"\n## {check.Section}\n", page, StringComparison.Ordinal);
        });
    }

    private string Script(string text) => _folder.Save("worker.py", text);

    private Task<ConformanceReport> CheckAsync(string executable, IReadOnlyList<string> arguments, params string[] only)
    {
        ConformanceCheck[] checks = [.. ConformanceChecks.All.Where(c => only.Length == 0 || c.Name == "capabilities" || only.Contains(c.Name))];
        return Eventually.Result("the checks", WorkerConformance.RunAsync(
            Subject(executable, arguments), checks, _ => { }, _ => { }, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    private ConformanceSubject Subject(string executable, IReadOnlyList<string> arguments)
    {
        string path = _folder.At("small.onnx");
        var model = ModelDefinition.Read(Definition, "small");
        using (FileStream file = File.Create(path)) OnnxEmitter.Emit(model, file, CancellationToken.None);
        return new ConformanceSubject
        {
            Executable = executable,
            Arguments = arguments,
            Environment = FakeWorkerProgram.Environment("measure"),
            Model = new ModelFile { Path = path, Sha256 = OnnxEmitter.Digest(model, CancellationToken.None).ToString(), Format = "onnx" },
            Shape = [2, 3, 8, 8],
        };
    }

    /// <summary>Processes whose command line names this test's folder, and work folders of checks that are over.</summary>
    private void NothingStays() => Assert.DoesNotContain(
        Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Select(folder => Path.Combine(folder, "cmdline")),
        file => Names(file).Contains(_folder.Path, StringComparison.Ordinal));

    private static string Names(string commandLine)
    {
        try
        {
            return File.ReadAllText(commandLine);
        }
        catch (IOException)
        {
            return ""; // it ended meanwhile
        }
    }

    private static string Python()
    {
        string? python = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Prepend("/usr/bin").Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
        Assert.SkipUnless(python is not null, "python3 is not installed");
        return python;
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Orchestrator.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("the repository's root");
    }
}
