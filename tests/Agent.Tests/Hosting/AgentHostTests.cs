using Fleetmark.Agent.Files;
using Fleetmark.Agent.Sessions;
using Fleetmark.Agent.Spool;
using Fleetmark.Contracts.Fleet.Wire;
using Fleetmark.Contracts.Results;
using Fleetmark.Documents;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;
using Fleetmark.Measurement.SelfCheck;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Answer = Fleetmark.Contracts.Fleet.Wire.ResultAck.Types.Answer;
using Kind = Fleetmark.Contracts.Fleet.Wire.AgentMessage.KindOneofCase;

namespace Fleetmark.Agent.Tests.Hosting;

/// <summary>The agent as a whole: real gRPC, real worker processes.</summary>
public sealed class AgentHostTests : IAsyncLifetime
{
    private const string SmallDefinition = """
        model: Small
        input: {name: x, dtype: float32, shape: [N, 3, 8, 8]}
        output: {name: logits, dtype: float32, shape: [N, 10]}
        image: {crop: 8, resizeShort: 8}
        layers:
          - {id: conv1, op: conv, cin: 3, cout: 4, k: 3, s: 1, p: 1, g: 1, bias: true, act: relu, out: [4, 8, 8]}
          - {id: flat, op: flatten, axis: 1, out: [256]}
          - {id: fc, op: fc, cin: 256, cout: 10, bias: true, out: [10]}
        """;

    /// <summary>Log event: a worker did not leave when told to.</summary>
    private const int WorkerKilled = 5222;

    /// <summary>Log event: a session ended or none began.</summary>
    private const int SessionLost = 5801;

    private readonly TemporaryFolder _folder = new();
    private FakeGateway _gateway = null!;

    private string Socket => _folder.At("gateway.sock");

    private string Spool => _folder.At("agent", "spool");

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync(Socket);

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_gateway.Violations);
    }

    [Fact]
    public async Task Hello_names_the_machine_its_cpu_and_what_the_probe_found()
    {
        _folder.Save("agent/credential", "fma_secret\n");
        await using AgentUnderTest agent = await Start(options => options.Labels.Add("rack=a"));
        FakeSession session = await _gateway.SessionAsync();
        DeviceOffer cpu = Assert.Single(session.Hello.Devices);
        Assert.StartsWith("cpu-", cpu.Uuid, StringComparison.Ordinal);
        Assert.Equal("cpu", cpu.Vendor);
        Assert.InRange(cpu.Cores, 1, Environment.ProcessorCount);
        Assert.True(cpu.MemoryMib > 0);
        Assert.Equal(["precision:fp32", "provider:cpu", "runtime:fake-1", "runtime:fake-1/cpu/fp32"], cpu.Capabilities);
        Assert.Equal((1, 1), (session.Hello.ProtocolLow, session.Hello.ProtocolHigh));
        Assert.Equal(1, session.Hello.SessionEpoch);
        Assert.True(Guid.TryParse(session.Hello.ProcessId, out _));
        Assert.Equal(["rack=a"], session.Hello.Labels);
        Assert.Equal("Bearer fma_secret", session.Authorization);
        Assert.Empty((await session.HeartbeatAsync(whyNot: "")).Running);
    }

    [Fact]
    public async Task Hello_says_what_the_harness_adds_to_a_call()
    {
        await using AgentUnderTest agent = await Start(options =>
        {
            options.SelfCheck = true;
            options.Runtimes[0].Environment["FLEETMARK_FAKE"] = "selfcheck:1.005,1";
        });
        var report = SelfCheckReport.FromJson((await _gateway.SessionAsync()).Hello.SelfCheck);
        Assert.Equal((SelfCheckVerdict.Passed, AgentUnderTest.Flavour), (report.Verdict, report.Runtime));
        Assert.Equal([1.005, 1.005], report.Checks.Select(check => check.Ratio));
    }

    [Fact]
    public async Task An_assignment_becomes_one_launch_and_one_result()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session));
        Assert.Equal(new AttemptRef { JobId = 7, Attempt = 1 }, (await session.AcceptedAsync()).Attempt);
        Assert.Equal(new AttemptRef { JobId = 7, Attempt = 1 }, Assert.Single((await session.HeartbeatAsync("busy")).Running));
        AttemptResult result = await session.AcceptResultAsync();
        Assert.False(result.IsFailure);
        LaunchReport launch = Assert.Single(result.Launches);
        Assert.Equal(MeasurementState.Valid, launch.State);
        Assert.Equal(60, launch.Count);
        Assert.Equal(2004, launch.P50Us!.Value, 3);
        Assert.Equal("fp32", launch.PrecisionEffective);
        Assert.Equal("Fake Runtime", launch.Environment.Runtime);
        Assert.Equal(32, launch.Environment.Fingerprint.Length);
        SampleSeries times = Assert.Single(launch.Series, series => series.Series == SampleSeries.CallTimes);
        Assert.Equal(60, SampleCodec.Decode(times.Body).Nanoseconds.Count);
        Assert.Equal("fake", launch.Result!.Value.GetProperty("worker").GetProperty("effective").GetProperty("options").EnumerateObject().Single().Name);
        await session.HeartbeatAsync(whyNot: "");
        await Eventually.Async("an empty spool", () => Directory.GetFiles(Spool).Length == 0);
    }

    [Theory]
    [InlineData("bare", Precision.Fp16, "fp16", Precision.Fp16, true)]
    [InlineData("bare", Precision.Fp32, "fp32", Precision.Fp32, true)]
    [InlineData("effective:fp16(graph)", Precision.Fp16, "fp16(graph)", Precision.Fp16, false)]
    [InlineData("effective:fp16-mixed(41/57)", Precision.Fp16, "fp16-mixed(41/57)", Precision.Fp32, false)]
    public async Task Every_number_says_in_which_precision_it_was_computed_and_what_that_counts_as(
        string fake, Precision asked, string effective, Precision arithmetic, bool isUnproven)
    {
        await using AgentUnderTest agent = await Start(options => options.Runtimes.Add(AgentUnderTest.Foreign()));
        FakeSession session = await _gateway.SessionAsync();
        Assign assign = Built(session, OnnxEmitter.Digest(ModelDefinition.Read(SmallDefinition, "small"), CancellationToken.None).ToString());
        assign.Launch.Flavour = "foreign-1";
        assign.Launch.Options["fake"] = fake;
        assign.Launch.Precision = (int)asked;
        session.Send(assign);
        AttemptResult result = await session.AcceptResultAsync();
        Assert.False(result.IsFailure, result.ErrorText);
        LaunchReport launch = Assert.Single(result.Launches);
        Assert.Equal((effective, arithmetic), (launch.PrecisionEffective, launch.Arithmetic));
        Assert.Equal(isUnproven, launch.Notes.Contains("precision-unproven"));
    }

    [Fact]
    public async Task The_same_assignment_again_is_accepted_again_and_runs_once()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session, fake: "hang:warmup"));
        await session.PhaseAsync("warmup");
        session.Send(Assign(session, fake: "hang:warmup"));
        await session.AcceptedAsync();
        await session.AcceptedAsync();
        Assert.Single(Directory.GetDirectories(_folder.At("agent", "work")));
    }

    [Fact]
    public async Task A_device_nobody_knows_and_a_device_that_is_busy_are_refused()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(AgentUnderTest.Assign(_folder, "cpu-other"));
        Assert.Equal("unknown-device", (await session.RefusedAsync()).Reason);
        session.Send(Assign(session, fake: "hang:warmup"));
        await session.AcceptedAsync();
        session.Send(Assign(session, job: 8));
        Refused refused = await session.RefusedAsync();
        Assert.Equal("host-busy", refused.Reason);
        Assert.Equal(8, refused.Attempt.JobId);
    }

    [Fact]
    public async Task A_device_another_agent_of_the_machine_uses_is_refused_and_not_ready()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        using FileLock? other = FileLock.TryTake(_folder.At("locks", $"fleetmark-{session.Hello.Devices[0].Uuid}.lock"));
        Assert.NotNull(other);
        session.Send(Assign(session));
        Assert.Equal("host-busy", (await session.RefusedAsync()).Reason);
        await session.HeartbeatAsync("host-busy");
    }

    [Fact]
    public async Task A_device_whose_lock_cannot_be_opened_is_refused_and_the_session_goes_on()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        string path = _folder.At("locks", $"fleetmark-{session.Hello.Devices[0].Uuid}.lock");
        File.Delete(path);
        Directory.CreateDirectory(path);
        session.Send(Assign(session));
        Assert.Equal("host-busy", (await session.RefusedAsync()).Reason);
        await session.HeartbeatAsync("host-busy");
    }

    [Fact]
    public async Task A_session_number_that_cannot_be_written_delays_the_session_and_does_not_end_the_agent()
    {
        string inTheWay = Directory.CreateDirectory(_folder.At("agent", "epoch.tmp")).FullName;
        await using AgentUnderTest agent = await Start();
        await Eventually.Async("a dial that failed", () => agent.Log.Of(SessionLost).Count > 0);
        Directory.Delete(inTheWay);
        Assert.Equal(1, (await _gateway.SessionAsync()).Hello.SessionEpoch);
    }

    [Fact]
    public async Task A_spool_that_does_not_let_go_ends_the_session_and_not_the_agent()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session));
        Result result = await session.ResultAsync();
        string spooled = Assert.Single(Directory.GetFiles(Spool));
        File.Delete(spooled);
        Directory.CreateDirectory(spooled);
        session.Answer(result, Answer.Accepted);
        Assert.Equal(result.Attempt, Assert.Single((await _gateway.SessionAsync()).Hello.Spooled));
        Assert.Single(agent.Log.Of(SessionLost));
    }

    [Theory]
    [InlineData("crash", "worker-crash")]
    [InlineData("infinite", "worker-protocol")]
    [InlineData("null-burst", "worker-protocol")]
    [InlineData("many", "result-invalid")]
    [InlineData("error:dataset", "worker-protocol")]
    [InlineData("error:out-of-memory", "out-of-memory")]
    public async Task A_launch_without_a_number_is_a_result_too(string fake, string code)
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session, fake: fake));
        AttemptResult result = await session.AcceptResultAsync();
        Assert.Equal(code, result.ErrorCode);
        await session.HeartbeatAsync(whyNot: "");
    }

    [Theory]
    [InlineData("flavour", "unsupported")]
    [InlineData("sha", "internal")]
    [InlineData("batch", "internal")]
    [InlineData("model", "model-unavailable")]
    public async Task An_assignment_that_cannot_be_run_here_fails_and_says_why(string what, string code)
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        Assign assign = Assign(session);
        if (what == "flavour") assign.Launch.Flavour = "tensor-9";
        if (what == "sha") assign.Launch.ModelSha256 = "../../etc/passwd";
        if (what == "batch") assign.Launch.Batch = 0;
        if (what == "model") assign.Launch.ModelSha256 = new string('a', 64);
        session.Send(assign);
        AttemptResult result = await session.AcceptResultAsync();
        Assert.Equal(code, result.ErrorCode);
        Assert.NotEmpty(result.ErrorText!);
        Assert.Empty(result.Launches);
    }

    [Fact]
    public async Task An_option_the_runtime_does_not_have_is_refused_before_anything_is_measured()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        Assign assign = Assign(session);
        assign.Launch.Options["no-such-option"] = "1";
        session.Send(assign);
        AttemptResult result = await session.AcceptResultAsync();
        Assert.Equal("unsupported", result.ErrorCode);
        Assert.Equal("unsupported: runtime 'fake-1' has no option 'no-such-option'; it has fake, fake-nanoseconds", result.ErrorText);
        Assert.Empty(result.Launches);
    }

    [Fact]
    public async Task A_built_in_model_is_built_once_and_kept_by_its_digest()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        string sha256 = OnnxEmitter.Digest(ModelDefinition.Read(SmallDefinition, "small"), CancellationToken.None).ToString();
        Assign assign = Built(session, sha256);
        session.Send(assign);
        await session.PhaseAsync("build");
        Assert.False((await session.AcceptResultAsync()).IsFailure);
        string file = _folder.At("models", "sha256", sha256[..2], sha256 + ".onnx");
        Assert.True(File.Exists(file));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
        await session.HeartbeatAsync(whyNot: "");
        assign.Attempt.JobId++;
        session.Send(assign);
        Assert.False((await session.AcceptResultAsync()).IsFailure);
        Assert.Equal(0, await BuildsAsync(session));
    }

    [Fact]
    public async Task A_model_that_comes_out_different_is_not_measured()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Built(session, new string('b', 64)));
        AttemptResult result = await session.AcceptResultAsync();
        Assert.Equal("model-unavailable", result.ErrorCode);
        Assert.Contains("not reproducible", result.ErrorText, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.At("models", "sha256", "bb")));
    }

    [Fact]
    public async Task A_cancelled_attempt_goes_back_and_the_device_is_free()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session, fake: "hang:sample"));
        await session.PhaseAsync("sample");
        session.Send(new Cancel { Attempt = new AttemptRef { JobId = 7, Attempt = 1 } });
        Assert.Equal("cancelled", (await session.ReturnedAsync()).Reason);
        await session.HeartbeatAsync(whyNot: "");
        Assert.Equal(0, session.Waiting(Kind.Result));
    }

    [Fact]
    public async Task A_result_nobody_answered_is_sent_again_in_the_next_session()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session));
        Result lost = await session.ResultAsync();
        session.Send(new GoAway { LowMs = 0, HighMs = 0 });
        FakeSession next = await _gateway.SessionAsync();
        Assert.Equal(session.Hello.SessionEpoch + 1, next.Hello.SessionEpoch);
        Assert.Equal(session.Hello.ProcessId, next.Hello.ProcessId);
        Assert.Equal(lost.Attempt, Assert.Single(next.Hello.Spooled));
        Result again = await next.ResultAsync();
        Assert.Equal(lost.Payload, again.Payload);
        next.Answer(again, Answer.Already);
        await Eventually.Async("an empty spool", () => Directory.GetFiles(Spool).Length == 0);
    }

    [Fact]
    public async Task A_launch_goes_on_while_the_link_is_away()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        Assign assign = Assign(session);
        session.Send(assign);
        await session.AcceptedAsync();
        session.End();
        FakeSession next = await _gateway.SessionAsync();
        Assert.Equal(assign.Attempt, Assert.Single(next.Hello.Held.Concat(next.Hello.Spooled)));
        Assert.False((await next.AcceptResultAsync()).IsFailure);
    }

    [Fact]
    public async Task An_attempt_that_ends_while_the_agent_says_hello_is_spooled_and_not_held()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        Assign assign = Assign(session, fake: "hang:sample");
        session.Send(assign);
        await session.PhaseAsync("sample");
        agent.Get<ResultSpool>().Add(Crashed(job: 7));
        session.Send(new GoAway { LowMs = 0, HighMs = 0 });
        FakeSession next = await _gateway.SessionAsync();
        Assert.Equal(assign.Attempt, Assert.Single(next.Hello.Spooled));
        Assert.Empty(next.Hello.Held);
    }

    [Fact]
    public async Task While_a_cpu_is_timed_the_agent_sends_heartbeats_and_nothing_else()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session, fake: "talk"));
        await session.PhaseAsync("sample");
        agent.Get<ResultSpool>().Add(Crashed(job: 8));
        agent.Get<ResultSpool>().Changed.Set();
        for (int beats = 0; beats < 10; beats++) await session.HeartbeatAsync("busy");
        Assert.Equal((0, 0), (session.Waiting(Kind.Result), session.Waiting(Kind.Progress)));
        session.Send(new Cancel { Attempt = new AttemptRef { JobId = 7, Attempt = 1 } });
        await session.ReturnedAsync();
        Assert.Equal(8, (await session.AcceptResultAsync()).JobId);
    }

    [Fact]
    public async Task A_session_that_takes_no_words_any_more_is_closed_and_dialled_again()
    {
        const int many = 1_000_000;
        await using AgentUnderTest agent = await Start();
        await (await _gateway.SessionAsync()).HeartbeatAsync(whyNot: "");
        Outbox outbox = agent.Get<Outbox>();
        int posted = 0;
        while (posted < many && outbox.Post(new AgentMessage { Returned = new Returned { Attempt = new AttemptRef { JobId = 9, Attempt = 1 } } })) posted++;
        Assert.True(posted < many);
        await _gateway.SessionAsync();
        Assert.Contains("64 messages wait", Assert.Single(agent.Log.Of(SessionLost)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_is_too_old_for_the_silo_says_so_and_asks_again_in_ten_minutes()
    {
        _gateway.Welcome = _ => throw new RpcException(new Status(StatusCode.FailedPrecondition, "protocols 3 to 4 are spoken here, 1 to 1 there"));
        await using AgentUnderTest agent = await Start();
        await Eventually.Async("the refusal", () => agent.Log.Of(SessionLost).Count > 0);
        string told = Assert.Single(agent.Log.Of(SessionLost));
        Assert.Contains("protocols 3 to 4 are spoken here", told, StringComparison.Ordinal);
        Assert.EndsWith("dialling again in 00:10:00", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_runtimes_are_probed_at_once()
    {
        const string script = "echo '{\"type\":\"hello\",\"protocol\":1}'; : > \"$MINE\"; until [ -e \"$OTHER\" ]; do sleep 0.05; done; "
            + "echo '{\"type\":\"capabilities\",\"providers\":[{\"name\":\"cpu\",\"devices\":[{\"state\":\"ok\"}]}]}'";
        await using AgentUnderTest agent = await Start(options =>
        {
            options.Runtimes.Clear();
            foreach ((string mine, string other) in new[] { ("one", "other"), ("other", "one") })
            {
                var runtime = new RuntimeOptions { Name = mine, Executable = "/bin/sh", Arguments = { "-c", script } };
                runtime.Environment["MINE"] = _folder.At(mine);
                runtime.Environment["OTHER"] = _folder.At(other);
                options.Runtimes.Add(runtime);
            }
        });
        FakeSession session = await _gateway.SessionAsync();
        Assert.Equal(["precision:fp32", "provider:cpu", "runtime:one", "runtime:one/cpu/fp32", "runtime:other", "runtime:other/cpu/fp32"], session.Hello.Devices[0].Capabilities);
    }

    [Fact]
    public async Task The_agent_dials_until_the_gateway_is_back()
    {
        await using AgentUnderTest agent = await Start();
        await _gateway.SessionAsync();
        await _gateway.DisposeAsync();
        _gateway = await FakeGateway.StartAsync(Socket);
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session));
        Assert.False((await session.AcceptResultAsync()).IsFailure);
    }

    [Fact]
    public async Task A_held_attempt_the_silo_gave_away_is_stopped_and_never_heard_of()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session, fake: "hang:warmup"));
        await session.PhaseAsync("warmup");
        Func<Hello, Welcome> plain = _gateway.Welcome;
        _gateway.Welcome = hello =>
        {
            Welcome welcome = plain(hello);
            welcome.Stop.AddRange(hello.Held);
            return welcome;
        };
        session.Send(new GoAway { LowMs = 0, HighMs = 0 });
        FakeSession next = await _gateway.SessionAsync();
        Assert.Single(next.Hello.Held);
        await next.HeartbeatAsync(whyNot: "");
        Assert.Equal((0, 0), (next.Waiting(Kind.Result), next.Waiting(Kind.Returned)));
        Assert.Empty(Directory.GetFiles(Spool));
    }

    [Theory]
    [InlineData((int)Answer.Fenced)]
    [InlineData((int)Answer.Rejected)]
    public async Task A_result_that_will_never_count_is_moved_aside(int answer)
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session));
        session.Answer(await session.ResultAsync(), (Answer)answer);
        await Eventually.Async("the move", () => Directory.GetFiles(Path.Combine(Spool, "aside")).Length == 1);
        Assert.Empty(Directory.GetFiles(Spool));
    }

    [Fact]
    public async Task A_result_the_silo_cannot_store_now_is_sent_again_later()
    {
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session));
        Result first = await session.ResultAsync();
        session.Answer(first, Answer.Later, laterMs: 50);
        Assert.Equal(first.Payload, (await session.ResultAsync()).Payload);
    }

    [Fact]
    public async Task Spooled_results_go_out_oldest_first_and_four_at_a_time()
    {
        Directory.CreateDirectory(Spool);
        var spool = new ResultSpool(Spool, _ => new DiskSpace(1, 1), TimeProvider.System, NullLogger<ResultSpool>.Instance);
        spool.Open();
        foreach (long job in new long[] { 6, 5, 4, 3, 2, 1 })
            spool.Add(Crashed(job));
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        Assert.Equal([6L, 5L, 4L, 3L, 2L, 1L], session.Hello.Spooled.Select(attempt => attempt.JobId));
        var sent = new List<Result>();
        for (int count = 0; count < 4; count++) sent.Add(await session.ResultAsync());
        await session.HeartbeatAsync(whyNot: "");
        Assert.Equal(0, session.Waiting(Kind.Result));
        foreach (Result result in sent) session.Answer(result, Answer.Accepted);
        sent.Add(await session.ResultAsync());
        sent.Add(await session.ResultAsync());
        Assert.Equal([6L, 5L, 4L, 3L, 2L, 1L], sent.Select(result => result.Attempt.JobId));
    }

    [Fact]
    public async Task Told_to_stop_without_grace_the_agent_gives_its_work_back()
    {
        await using AgentUnderTest agent = await Start();
        await GivesBackWhenStoppedAsync(agent, "hang:sample");
    }

    [Fact]
    public async Task Told_to_stop_without_grace_the_agent_kills_a_worker_that_listens_to_nothing()
    {
        await using AgentUnderTest agent = await Start();
        await GivesBackWhenStoppedAsync(agent, "deaf:sample");
        Assert.Single(agent.Log.Of(WorkerKilled));
    }

    private async Task GivesBackWhenStoppedAsync(AgentUnderTest agent, string fake)
    {
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session, fake: fake));
        await session.PhaseAsync("sample");
        await agent.StopAsync();
        Assert.Equal("drain", (await session.ReturnedAsync()).Reason);
        await Eventually.Result("the end of the session", session.Ended.ContinueWith(_ => true, TaskScheduler.Default));
        using FileLock? free = FileLock.TryTake(_folder.At("locks", $"fleetmark-{session.Hello.Devices[0].Uuid}.lock"));
        Assert.NotNull(free);
    }

    [Fact]
    public async Task In_its_grace_a_stopping_agent_finishes_and_takes_nothing_new()
    {
        await using AgentUnderTest agent = await Start(options => options.DrainGrace = TimeSpan.FromMinutes(1));
        FakeSession session = await _gateway.SessionAsync();
        session.Send(Assign(session, fake: "hang:warmup"));
        await session.PhaseAsync("warmup");
        Task stopping = agent.StopAsync();
        session.Send(Assign(session, job: 8));
        Assert.Equal("draining", (await session.RefusedAsync()).Reason);
        Assert.False(stopping.IsCompleted);
        session.Send(new Cancel { Attempt = new AttemptRef { JobId = 7, Attempt = 1 } });
        await stopping;
        Assert.Equal("cancelled", (await session.ReturnedAsync()).Reason);
    }

    [Fact]
    public async Task A_second_agent_on_the_same_data_folder_is_told_so()
    {
        await using AgentUnderTest agent = await Start();
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Start());
        Assert.Equal("agent-running", refused.Problems[0].Code);
    }

    [Fact]
    public async Task An_agent_without_room_for_results_is_not_ready()
    {
        Directory.CreateDirectory(Spool);
        await using (FileStream file = File.Create(Path.Combine(Spool, "000000000001-1-1.json"))) file.SetLength(ResultSpool.FullBytes);
        await using AgentUnderTest agent = await Start();
        FakeSession session = await _gateway.SessionAsync();
        await session.HeartbeatAsync("disk-full");
        session.Send(Assign(session));
        Assert.Equal("disk-full", (await session.RefusedAsync()).Reason);
    }

    [Fact]
    public async Task The_built_in_worker_builds_and_measures_a_model()
    {
        await using AgentUnderTest agent = await Start(options =>
        {
            options.BuiltInRuntimes = true;
            options.Runtimes.Clear();
        });
        FakeSession session = await _gateway.SessionAsync();
        Assert.Contains("runtime:ort131-cpu", session.Hello.Devices[0].Capabilities);
        Assign assign = Built(session, OnnxEmitter.Digest(ModelDefinition.Read(SmallDefinition, "small"), CancellationToken.None).ToString());
        assign.Launch.Flavour = "ort131-cpu";
        assign.Launch.Batch = 1024;
        session.Send(assign);
        AttemptResult result = await session.AcceptResultAsync();
        Assert.True(!result.IsFailure, result.ErrorText + result.LogTail);
        LaunchReport launch = Assert.Single(result.Launches);
        Assert.True(launch.P50Us > 0);
        Assert.Equal(session.Hello.Devices[0].Cores, launch.Environment.Detail.GetProperty("software").GetProperty("threads").GetInt32());
        Assert.NotNull(launch.StealRel);
    }

    private Task<AgentUnderTest> Start(Action<AgentOptions>? configure = null) => AgentUnderTest.StartAsync(_folder, Socket, configure);

    private Assign Assign(FakeSession session, long job = 7, string fake = "measure") =>
        AgentUnderTest.Assign(_folder, session.Hello.Devices[0].Uuid, job, fake: fake);

    private static AttemptResult Crashed(long job) =>
        new() { ClusterId = Guid.Parse(FakeGateway.ClusterId), JobId = job, Attempt = 1, DeviceUuid = "cpu-1", Launches = [], ErrorCode = "worker-crash" };

    private Assign Built(FakeSession session, string sha256)
    {
        Assign assign = Assign(session);
        assign.Launch.ModelSha256 = sha256;
        assign.Launch.Definition = SmallDefinition;
        assign.Launch.Weights = OnnxEmitter.WeightsRecipe;
        assign.Launch.Options.Clear();
        return assign;
    }

    /// <summary>How many builds the progress messages tell of so far.</summary>
    private static async Task<int> BuildsAsync(FakeSession session)
    {
        int builds = 0;
        while (session.Waiting(Kind.Progress) > 0)
            if ((await session.ProgressAsync()).Phase == "build") builds++;
        return builds;
    }
}
