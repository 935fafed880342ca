using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Fleetmark.Measurement.Bracketing;
using Fleetmark.Measurement.Efforts;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.Measurement.Tests.Launches;

public sealed class WorkerConversationTests
{
    private const string Hello = """{"type":"hello","protocol":1,"worker":"w"}""";
    private const string Samples = """{"type":"samples","series":"latency","n":3,"values":[100,200,300]}""";
    private const string Result = """{"type":"result","windowStart":10,"windowEnd":700,"output":{"finite":true}}""";
    private const string Built = """{"type":"built","sha256":"ab","sizeBytes":5}""";
    private const string Inspected = """{"type":"inspected","graph":{"sha256":"cd","ops":{},"inputTypes":{}},"effective":{}}""";
    private const string Capabilities = """{"type":"capabilities","providers":[]}""";

    private static readonly EffortSettings Quick = EffortSettings.For(Effort.Quick, isCpu: true);

    private static readonly LaunchRequest Launch = new()
    {
        Launch = "l",
        Model = new ModelFile { Path = "m", Format = "onnx" },
        Inputs = [],
        Provider = "cpu",
        Precision = Precision.Fp32,
        Scope = Scope.EndToEnd,
        Batch = 1,
        Threads = 1,
        Seed = 1,
        Warmup = Quick.WarmUp,
        Sample = Quick.Sampling,
    };

    private static readonly BuildRequest Build = new() { Name = "n", Definition = "d", Weights = "w", Path = "p" };

    private static WorkerConversation After(WorkerRequest request, params string[] lines)
    {
        var conversation = new WorkerConversation(request);
        foreach (string line in lines) conversation.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        return conversation;
    }

    private static string Error(string code) => $$"""{"type":"error","code":"{{code}}","message":"it did not work","phase":"load","detail":"words"}""";

    private static void Fails(LaunchOutcome outcome, string code, string text)
    {
        Assert.True(outcome.IsFailure);
        Assert.Equal(code, outcome.Failure.Code);
        Assert.Contains(text, outcome.Failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_ends_with_its_result_and_samples()
    {
        LaunchOutcome outcome = After(
            Launch, "a log line", Hello, """{"type":"phase","name":"load","at":1}""", """{"type":"phase","name":"first","at":1000}""",
            """{"type":"phase","name":"warmup","at":6000}""", """{"type":"phase","name":"sample","at":7000}""", """{"type":"progress","phase":"sample","calls":3}""",
            Samples, """{"type":"phase","name":"finish","at":8000}""", Result).End(new WorkerExit(0));
        Assert.False(outcome.IsFailure);
        Assert.Equal([100, 200, 300], outcome.Samples!.Nanoseconds);
        Assert.Equal(700, outcome.Result!.WindowEnd);
        Assert.Equal("w", outcome.Hello!.Worker);
    }

    [Fact]
    public void A_loop_for_energy_stands_between_sampling_and_the_end()
    {
        const string Measured = """{"type":"result","windowStart":10,"windowEnd":700,"output":{"finite":true},"energy":{"start":800,"end":900,"calls":5}}""";
        LaunchOutcome outcome = After(
            Launch, Hello, """{"type":"phase","name":"sample","at":1}""", """{"type":"phase","name":"energy","at":2}""", """{"type":"phase","name":"finish","at":3}""", Samples, Measured)
            .End(new WorkerExit(0));
        Assert.Equal(new EnergyReport { Start = 800, End = 900, Calls = 5 }, outcome.Result!.Energy);
        Fails(After(Launch, Hello, """{"type":"phase","name":"energy","at":2}""", """{"type":"phase","name":"sample","at":3}""").End(new WorkerExit(0)), "worker-protocol", "phase 'sample' after 'energy'");
        Assert.Null(After(Launch, Hello, Samples, Result).End(new WorkerExit(0)).Result!.Energy);
    }

    [Theory]
    [InlineData("\"start\":800,\"end\":800,\"calls\":5")]
    [InlineData("\"start\":800,\"end\":900,\"calls\":0")]
    public void A_loop_without_time_or_calls_is_a_violation(string loop) => Fails(
        After(Launch, Hello, Samples, """{"type":"result","windowStart":10,"windowEnd":700,"output":{"finite":true},"energy":{""" + loop + "}}").End(new WorkerExit(0)),
        "worker-protocol", "'result' with an empty energy loop");

    [Fact]
    public void Other_requests_end_with_their_own_answer()
    {
        Assert.Equal("ab", Assert.IsType<BuiltMessage>(After(Build, Hello, Built).End(new WorkerExit(0)).Answer).Sha256);
        Assert.Empty(Assert.IsType<CapabilitiesMessage>(After(new CapabilitiesRequest(), Hello, Capabilities).End(new WorkerExit(0)).Answer).Providers);
        Assert.Equal("cd", Assert.IsType<InspectedMessage>(After(new InspectRequest { Launch = Launch }, Hello, Inspected).End(new WorkerExit(0)).Answer).Graph.Sha256);
        var convert = new ConvertRequest { Model = Launch.Model, Converter = 1, Path = "p" };
        const string Converted = """{"type":"built","sha256":"ab","sizeBytes":5,"conversion":{"converter":1}}""";
        Assert.Equal(1, Assert.IsType<BuiltMessage>(After(convert, Hello, Converted).End(new WorkerExit(0)).Answer).Conversion!.Converter);
        Assert.Equal("worker-protocol", After(convert, Hello, Built).End(new WorkerExit(0)).Failure!.Code);
        Assert.Equal("worker-protocol", After(Build, Hello, Converted).End(new WorkerExit(0)).Failure!.Code);
        Assert.Equal("worker-protocol", After(Build, Hello, Inspected).End(new WorkerExit(0)).Failure!.Code);
    }

    [Fact]
    public void A_self_check_is_answered_for_every_model_that_was_asked()
    {
        var request = new SelfCheckRequest { Models = [new SelfCheckModel("a", 1, 1), new SelfCheckModel("b", 2, 1)], Blocks = 6, Seed = 1 };
        var blocks = new BlockSeries
        {
            ControlNs = [.. Enumerable.Repeat(1.0, 13)],
            BlockNs = [.. Enumerable.Repeat(1.0, 12)],
            IsTested = [.. Enumerable.Range(0, 12).Select(i => i % 2 == 0)],
            CallsPerBlock = 1,
            AllocatedBytes = 0,
            Collections = 0,
        };
        Assert.Equal(20, Assert.IsType<SelfCheckMessage>(Of(blocks, blocks).Answer).TimerFloorNs);
        Fails(Of(blocks), "worker-protocol", "'selfcheck' of 1 models, 2 were asked");
        Fails(Of(blocks, blocks with { ControlNs = [1] }), "worker-protocol", "'selfcheck' has 1 control blocks around 12 others");
        Assert.Equal("worker-protocol", After(request, Hello, Built).End(new WorkerExit(0)).Failure!.Code);

        LaunchOutcome Of(params BlockSeries[] series) =>
            After(request, Hello, Encoding.UTF8.GetString(WorkerProtocol.Write(new SelfCheckMessage { TimerFloorNs = 20, Series = series })).TrimEnd()).End(new WorkerExit(0));
    }

    [Fact]
    public void Cuts_between_reads_change_nothing() => Gen.Int[1, 40].Array[1, 20].Sample(cuts =>
    {
        byte[] all = Encoding.UTF8.GetBytes(string.Join('\n', "log", Hello, Samples, Result) + "\n");
        var conversation = new WorkerConversation(Launch);
        int at = 0;
        foreach (int cut in cuts)
        {
            int length = Math.Min(cut, all.Length - at);
            conversation.Feed(all.AsSpan(at, length));
            at += length;
        }

        conversation.Feed(all.AsSpan(at));
        Assert.False(conversation.End(new WorkerExit(0)).IsFailure);
        Assert.Equal(["log"], conversation.Log);
    });

    [Fact]
    public void Phase_progress_and_time_of_a_call_are_known_while_it_runs()
    {
        WorkerConversation conversation = After(Launch);
        Assert.Equal(LaunchPhase.Start, conversation.Phase);
        conversation = After(Launch, Hello, """{"type":"phase","name":"first","at":1000000}""");
        Assert.Equal((LaunchPhase.First, null), (conversation.Phase, conversation.CallTime));
        conversation = After(Launch, Hello, """{"type":"phase","name":"first","at":1000000}""", """{"type":"phase","name":"warmup","at":9000000}""");
        Assert.Equal((LaunchPhase.Warmup, TimeSpan.FromMilliseconds(8)), (conversation.Phase, conversation.CallTime));
        conversation = After(Launch, Hello, """{"type":"progress","phase":"warmup","calls":7,"medianNs":5000000}""");
        Assert.Equal((7L, TimeSpan.FromMilliseconds(5)), (conversation.Progress!.Calls, conversation.CallTime));
    }

    [Fact]
    public void Unknown_messages_phases_and_series_are_ignored()
    {
        WorkerConversation conversation = After(
            Launch, Hello, """{"type":"future","x":1}""", """{"type":"phase","name":"polish","at":1}""", """{"type":"samples","series":"power","n":9}""", Samples, Result);
        Assert.Equal(1, conversation.UnknownMessages);
        Assert.False(conversation.End(new WorkerExit(0)).IsFailure);
    }

    [Theory]
    [InlineData("'phase' before 'hello'", """{"type":"phase","name":"load","at":1}""")]
    [InlineData("a second 'hello'", Hello, Hello)]
    [InlineData("'hello' of protocol 2", """{"type":"hello","protocol":2}""")]
    [InlineData("phase 'load' after 'sample'", Hello, """{"type":"phase","name":"sample","at":1}""", """{"type":"phase","name":"load","at":2}""")]
    [InlineData("'result' without 'samples'", Hello, Result)]
    [InlineData("for the second time", Hello, Samples, Samples)]
    [InlineData("'progress' after the end", Hello, Samples, Result, """{"type":"progress","phase":"sample"}""")]
    [InlineData("'result' after the end", Hello, Samples, Result, Result)]
    [InlineData("'built' does not answer", Hello, Built)]
    [InlineData("'capabilities' does not answer", Hello, Capabilities)]
    [InlineData("empty window", Hello, Samples, """{"type":"result","windowStart":10,"windowEnd":10,"output":{"finite":true}}""")]
    [InlineData("a burst that is null", Hello, Samples, """{"type":"result","windowStart":10,"windowEnd":20,"bursts":[[10,3],null],"output":{"finite":true}}""")]
    [InlineData("unreadable", Hello, Samples, """{"type":"result","windowStart":10,"windowEnd":20}""")]
    [InlineData("unreadable", Hello, "{garbage")]
    [InlineData("n is 4", Hello, """{"type":"samples","series":"latency","n":4,"values":[100,200,300]}""")]
    [InlineData("no sample", Hello, """{"type":"samples","series":"latency","n":0,"values":[]}""")]
    [InlineData("negative", Hello, """{"type":"samples","series":"latency","n":2,"values":[5,-1]}""")]
    [InlineData("median is 0", Hello, """{"type":"samples","series":"latency","n":1,"values":[0]}""")]
    [InlineData("a time of", Hello, """{"type":"samples","series":"latency","n":1,"values":[9000000000000000000]}""")]
    [InlineData("exactly one of", Hello, """{"type":"samples","series":"latency","n":1}""")]
    [InlineData("exactly one of", Hello, """{"type":"samples","series":"latency","n":1,"values":[1],"data":"AAAA"}""")]
    [InlineData("callsPerSample 0", Hello, """{"type":"samples","series":"latency","callsPerSample":0,"n":1,"values":[1]}""")]
    [InlineData("FMS1", Hello, """{"type":"samples","series":"latency","n":1,"data":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("not read here", Hello, """{"type":"samples","series":"latency","n":1,"file":"s.bin","sha256":"00"}""")]
    [InlineData("plain file name", Hello, """{"type":"samples","series":"latency","n":1,"file":"../s.bin","sha256":"00"}""")]
    [InlineData("plain file name", Hello, """{"type":"samples","series":"latency","n":1,"file":"..","sha256":"00"}""")]
    public void Every_breach_of_the_order_is_a_violation(string said, params string[] lines)
    {
        WorkerConversation conversation = After(Launch, lines);
        Assert.True(conversation.IsOver);
        Fails(conversation.End(new WorkerExit(137, WorkerStop.Violation)), "worker-protocol", said);
    }

    [Theory]
    [InlineData("""[null]""", "with a provider that is null")]
    [InlineData("""[{"name":"cpu","devices":[null],"precisions":["fp32"]}]""", "of provider 'cpu' with a device that is null")]
    [InlineData("""[{"name":"cpu","devices":[{"state":"ok"}],"precisions":[null]}]""", "of provider 'cpu' with a precision that is not")]
    [InlineData("""[{"name":"cpu","devices":[{"state":"ok"}],"precisions":["fp32/fp16"]}]""", "of provider 'cpu' with a precision that is not")]
    [InlineData("""[{"name":"","devices":[]}]""", "whose name is not 1 to 64 characters")]
    [InlineData("""[{"name":"one two","devices":[]}]""", "whose name is not 1 to 64 characters")]
    [InlineData("""[{"name":"cpu","devices":[{"state":"o\u0007k"}]}]""", "whose state is not 1 to 64 characters")]
    [InlineData("""[{"name":"cpu","devices":[],"scopes":[null]}]""", "of provider 'cpu' with scopes that are null")]
    [InlineData("""[{"name":"cpu","devices":[],"kinds":["a\nb"]}]""", "of provider 'cpu' with kinds that are null")]
    [InlineData("""[],"formats":[null]""", "with formats that are null")]
    [InlineData("""[],"optionKeys":[null]""", "with optionKeys that are null")]
    public void Claims_that_nothing_can_be_matched_by_are_a_violation(string providers, string said) =>
        Fails(Claim(providers).End(new WorkerExit(137, WorkerStop.Violation)), "worker-protocol", said);

    [Fact]
    public void Claims_are_as_long_as_they_may_be_and_no_longer()
    {
        Assert.Null(Claim(Provider(new string('p', 64), 16)).Violation);
        Assert.Contains("whose name is not", Claim(Provider(new string('p', 65), 16)).Violation, StringComparison.Ordinal);
        Assert.Contains("more than 16", Claim(Provider("p", 17)).Violation, StringComparison.Ordinal);
        Assert.Null(Claim($$"""[],"optionKeys":["{{new string('o', 200)}}"]""").Violation);
        Assert.Contains("optionKeys", Claim($$"""[],"optionKeys":["{{new string('o', 201)}}"]""").Violation, StringComparison.Ordinal);

        static string Provider(string name, int precisions) =>
            $$"""[{"name":"{{name}}","devices":[{"state":"Ok.1_-"}],"precisions":[{{string.Join(',', Enumerable.Range(0, precisions).Select(i => $"\"fp{i}\""))}}]}]""";
    }

    private static WorkerConversation Claim(string providers) => After(new CapabilitiesRequest(), Hello, $$"""{"type":"capabilities","providers":{{providers}}}""");

    [Fact]
    public void Samples_are_no_answer_to_a_build() => Fails(After(Build, Hello, Samples).End(new WorkerExit(0)), "worker-protocol", "no launch was asked");

    [Fact]
    public void A_line_without_end_is_a_violation_before_it_is_a_problem_of_memory()
    {
        var conversation = new WorkerConversation(Launch);
        byte[] chunk = new byte[64 * 1024];
        Array.Fill(chunk, (byte)'x');
        for (int i = 0; i < 16; i++) conversation.Feed(chunk);
        Assert.Null(conversation.Violation);
        conversation.Feed(chunk);
        Fails(conversation.End(new WorkerExit(0)), "worker-protocol", "a line of more than 1048576 bytes");
    }

    [Fact]
    public void Too_much_output_is_a_violation()
    {
        var conversation = new WorkerConversation(Launch);
        byte[] chunk = Encoding.UTF8.GetBytes(new string('x', (1 << 19) - 1) + "\n");
        for (int i = 0; i < 128; i++) conversation.Feed(chunk);
        Assert.Null(conversation.Violation);
        conversation.Feed("x"u8);
        Fails(conversation.End(new WorkerExit(0)), "worker-protocol", "bytes of output");
        Assert.InRange(conversation.Log.Count, 1, 1000);
    }

    [Fact]
    public void The_first_thousand_log_lines_are_kept() => Assert.Equal(1000, After(Launch, [.. Enumerable.Repeat("log", 1500)]).Log.Count);

    [Fact]
    public void Samples_in_a_file_are_read_and_checked()
    {
        byte[] bytes = SampleCodec.Encode([5, 6], 2);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        string line = $$"""{"type":"samples","series":"latency","callsPerSample":2,"n":2,"file":"s.bin","sha256":"{{sha256}}"}""" + "\n";
        var conversation = new WorkerConversation(Launch, name => name == "s.bin" ? bytes : throw new FileNotFoundException(name));
        conversation.Feed(Encoding.UTF8.GetBytes(Hello + "\n" + line + Result + "\n"));
        Assert.Equal(new SampleSet([5, 6], 2).Nanoseconds, conversation.End(new WorkerExit(0)).Samples!.Nanoseconds);

        var other = new WorkerConversation(Launch, _ => [1]);
        other.Feed(Encoding.UTF8.GetBytes(Hello + "\n" + line));
        Assert.Contains("another sha256", other.Violation, StringComparison.Ordinal);
        var missing = new WorkerConversation(Launch, _ => throw new FileNotFoundException("gone"));
        missing.Feed(Encoding.UTF8.GetBytes(Hello + "\n" + line));
        Assert.Contains("gone", missing.Violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad-request", "internal")]
    [InlineData("unsupported", "unsupported")]
    [InlineData("model", "model-invalid")]
    [InlineData("out-of-memory", "out-of-memory")]
    [InlineData("device", "driver-fault")]
    [InlineData("wrong-output", "wrong-output")]
    [InlineData("cancelled", "cancelled")]
    [InlineData("deadline", "worker-timeout")]
    [InlineData("dataset", "dataset")]
    public void A_sent_error_beats_the_exit_code(string code, string failure)
    {
        foreach (int exit in new[] { 0, 1, 10, 139 })
        {
            LaunchOutcome outcome = After(Launch, Hello, Error(code)).End(new WorkerExit(exit));
            Fails(outcome, failure, "it did not work");
            Assert.Equal((LaunchPhase.Load, "words"), (outcome.Failure!.Phase, outcome.Failure.Detail));
        }
    }

    [Theory]
    [InlineData(0, "worker-protocol", "without an answer")]
    [InlineData(10, "internal", "exit code 10")]
    [InlineData(13, "out-of-memory", "exit code 13")]
    [InlineData(17, "worker-timeout", "exit code 17")]
    [InlineData(1, "worker-crash", "exit code 1")]
    [InlineData(137, "worker-crash", "SIGKILL")]
    [InlineData(139, "worker-crash", "SIGSEGV")]
    [InlineData(255, "worker-crash", "exit code 255")]
    public void Without_an_error_the_exit_code_speaks(int exit, string failure, string text) => Fails(After(Launch, Hello).End(new WorkerExit(exit)), failure, text);

    [Fact]
    public void A_crash_after_the_result_is_a_crash() => Fails(After(Launch, Hello, Samples, Result).End(new WorkerExit(139)), "worker-crash", "SIGSEGV");

    [Fact]
    public void Values_that_are_not_finite_are_wrong_output() =>
        Fails(After(Launch, Hello, Samples, Result.Replace("true", "false", StringComparison.Ordinal)).End(new WorkerExit(0)), "wrong-output", "not finite");

    [Fact]
    public void An_unknown_error_code_is_a_violation() => Fails(After(Launch, Hello, Error("tired")).End(new WorkerExit(1)), "worker-protocol", "'tired'");

    [Fact]
    public void A_worker_killed_for_its_memory_is_out_of_memory_unless_it_said_why_itself()
    {
        var exit = new WorkerExit(137, WorkerStop.OutOfMemory, "312 MiB were used, 200 MiB are allowed");
        Fails(After(Launch, Hello).End(exit), "out-of-memory", "312 MiB were used, 200 MiB are allowed");
        Fails(After(Launch, Hello, Error("cancelled")).End(exit), "out-of-memory", "312 MiB");
        Fails(After(Launch, Hello, Samples, Result).End(exit), "out-of-memory", "312 MiB");
        Fails(After(Launch, Hello, Error("device")).End(exit), "driver-fault", "it did not work");
        Fails(After(Launch, Hello).End(new WorkerExit(137)), "worker-crash", "SIGKILL");
    }

    [Fact]
    public void A_deadline_beats_the_cancel_it_caused()
    {
        Fails(After(Launch, Hello).End(new WorkerExit(137, WorkerStop.Deadline)), "worker-timeout", "phase 'load'");
        Fails(After(Launch, Hello, Error("cancelled")).End(new WorkerExit(16, WorkerStop.Deadline)), "worker-timeout", "phase 'load'");
        Fails(After(Launch, Hello, Error("device")).End(new WorkerExit(14, WorkerStop.Deadline)), "driver-fault", "it did not work");
    }

    [Fact]
    public void Cancel_never_throws_a_measurement_away()
    {
        Assert.False(After(Launch, Hello, Samples, Result).End(new WorkerExit(143, WorkerStop.Cancelled)).IsFailure);
        Fails(After(Launch, Hello, Samples).End(new WorkerExit(143, WorkerStop.Cancelled)), "cancelled", "cancelled");
        Fails(After(Launch, "{").End(new WorkerExit(143, WorkerStop.Cancelled)), "cancelled", "cancelled");
    }

    [Fact]
    public void Half_a_last_line_of_a_killed_worker_is_no_violation_of_its_own()
    {
        WorkerConversation killed = After(Launch, Hello);
        killed.Feed("""{"type":"samp"""u8);
        Fails(killed.End(new WorkerExit(137)), "worker-crash", "SIGKILL");
        WorkerConversation left = After(Launch, Hello);
        left.Feed("""{"type":"samp"""u8);
        Fails(left.End(new WorkerExit(0)), "worker-protocol", "unreadable");
        WorkerConversation whole = After(Launch, Hello, Samples);
        whole.Feed(Encoding.UTF8.GetBytes(Result));
        Assert.False(whole.End(new WorkerExit(0)).IsFailure);
    }

    [Theory]
    [InlineData(LaunchPhase.Start, 0, 10)]
    [InlineData(LaunchPhase.Load, 0, 120)]
    [InlineData(LaunchPhase.First, 0, 120)]
    [InlineData(LaunchPhase.Warmup, 2000, 2 + 20 + 10)]
    [InlineData(LaunchPhase.Sample, 2000, 2 + 6 + 30)]
    [InlineData(LaunchPhase.Finish, 2000, 30)]
    public void Every_phase_has_its_deadline(LaunchPhase phase, int callMs, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), LaunchDeadlines.For(Launch, phase, TimeSpan.FromMilliseconds(callMs)));

    [Fact]
    public void Engines_and_silence_have_their_own_limits()
    {
        Assert.Equal(TimeSpan.FromSeconds(900), LaunchDeadlines.For(Launch with { Provider = "tensorrt" }, LaunchPhase.Load, null));
        Assert.Equal(TimeSpan.FromSeconds(60), LaunchDeadlines.Silence(Launch, LaunchPhase.Sample, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(90), LaunchDeadlines.Silence(Launch, LaunchPhase.Sample, TimeSpan.FromSeconds(9)));
        Assert.Equal(TimeSpan.FromSeconds(120), LaunchDeadlines.Silence(Launch, LaunchPhase.Load, null));
    }
}
