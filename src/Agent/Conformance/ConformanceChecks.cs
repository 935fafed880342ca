using System.Text;
using System.Text.Json.Nodes;
using Fleetmark.Agent.Processes;
using Fleetmark.Agent.Workers;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.Agent.Conformance;

/// <summary>What a worker must do, in the order in which it is tried: what later checks need comes first.</summary>
internal static class ConformanceChecks
{
    private const string Conversation = "The conversation";
    private const string Requests = "Requests";
    private const string Messages = "Messages";
    private const string Failures = "Failures";
    private const string Stopping = "Cancel, and the end of the agent";
    private const string Versions = "Versions";
    private const string Runtimes = "A worker becomes a runtime";
    private const int OtherVersion = 99;
    private const int ConcurrentLoops = 2;
    private const long Slack = 1_000_000;
    private const int Killed = 128 + ProcessSignals.Kill;
    private const int LongestLine = 200;

    /// <summary>Objects of a launch that get a field nobody knows.</summary>
    private static readonly string[] Inner = ["model", "warmup", "sample"];

    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(3);

    /// <summary>Nothing but the end of stdin, for as long as the check waits.</summary>
    private static readonly Ladder Orphaned = new(AfterEnd, AfterEnd, TimeSpan.FromSeconds(8), EndsInput: true);

    /// <summary>All of them.</summary>
    internal static readonly IReadOnlyList<ConformanceCheck> All =
    [
        new("program", Runtimes, "program, scripts and their folders are not writable for everybody", trial => Task.FromResult(
            ProgramGuard.Refusal(trial.Command) is { } refusal ? Observation.Failed(refusal) : Observation.Passed("nobody else may write to them"))),
        new("capabilities", Requests, "the request `capabilities` is answered with a provider that is `ok` on the CPU, after a `hello` within 10 s; exit code 0", CapabilitiesAsync),
        new("launch", Messages, "a short launch ends with `samples` and a `result`; exit code 0", LaunchAsync),
        new("clock", Conversation, "the window is in CLOCK_MONOTONIC nanoseconds and as long as its samples together", ClockAsync),
        new("effective", Messages, "`effective.precision` of the result says what was computed (not mandatory)", EffectiveAsync),
        new("throughput", Requests, "a short launch of two concurrent loops ends with `samples` that say how many each loop has, all inside the window (only of a worker that names the kind)", ThroughputAsync),
        new("unknown-fields", Versions, "fields it does not know are ignored: the launch is measured as before", UnknownFieldsAsync),
        new("other-version", Versions, "a request of protocol 99 is the error `bad-request` with `supported`; exit code 10", OtherVersionAsync),
        new("other-request", Versions, "a request of an unknown type is the error `bad-request` or `unsupported`; exit code 10 or 11", async trial =>
            Refused(await trial.AskAsync(_ => new CapabilitiesRequest(), _ => Line("""{"type":"novelty","protocol":1}""")), WorkerErrorCode.BadRequest, WorkerErrorCode.Unsupported)),
        new("garbage", Failures, "a request that is no JSON is the error `bad-request`; exit code 10", async trial =>
            Refused(await trial.AskAsync(_ => new CapabilitiesRequest(), _ => Line("""{"type":"capabilities","protocol":""")), WorkerErrorCode.BadRequest)),
        new("other-precision", Requests, "a precision it does not claim is the error `unsupported`; exit code 11", OtherPrecisionAsync),
        new("other-provider", Requests, "a provider it does not claim is the error `unsupported`; exit code 11", async trial =>
            Refused(await trial.AskAsync(folder => trial.Launch(folder) with { Provider = "no-such-provider" }), WorkerErrorCode.Unsupported)),
        new("other-option", Requests, "an option that is not among its `optionKeys` is the error `unsupported`; exit code 11", async trial =>
            Refused(
                await trial.AskAsync(folder => trial.Launch(folder) with { Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["no-such-option"] = "1" } }),
                WorkerErrorCode.Unsupported)),
        new("wrong-hash", Failures, "a model file with another SHA-256 is the error `model`; exit code 12", trial =>
            ModelAsync(trial, model => model with { Sha256 = new string('0', 64) })),
        new("no-model", Failures, "a model file that is not there is the error `model`; exit code 12", trial =>
            ModelAsync(trial, model => model with { Path = model.Path + ".none" })),
        new("cancel", Stopping, "a `cancel` while it samples, or SIGTERM 2 s later, ends it", CancelAsync),
        new("end-of-input", Stopping, "the end of stdin while it warms up ends it within 1 s (3 s are waited here)", EndOfInputAsync),
    ];

    private static async Task<Observation> CapabilitiesAsync(ConformanceTrial trial)
    {
        TriedLaunch tried = await trial.AskAsync(_ => new CapabilitiesRequest());
        if (tried.Run.Outcome.IsFailure) return Observation.Failed(tried.Told);
        trial.Claims = (CapabilitiesMessage)tried.Run.Outcome.Answer!;
        if (trial.Provider is not { } provider) return Observation.Failed($"no provider is ok on the CPU: {string.Join("; ", trial.Claims.Providers.Select(Told))}");
        if (!provider.Kinds.Contains("latency")) return Observation.Failed($"provider '{provider.Name}' does not name the kind `latency`");
        if (provider.Precisions.Count == 0) return Observation.Failed($"provider '{provider.Name}' names no precision");
        HelloMessage hello = tried.Run.Outcome.Hello!;
        return Observation.Passed($"{hello.Runtime ?? "a runtime without a name"} {hello.RuntimeVersion}: {provider.Name}, {string.Join(", ", provider.Precisions)}");
    }

    private static string Told(ProviderCapability provider) =>
        $"{provider.Name} {string.Join(", ", provider.Devices.Select(device => $"{device.State} {device.Reason}".Trim()).DefaultIfEmpty("has no devices"))}";

    private static async Task<Observation> LaunchAsync(ConformanceTrial trial) => Measured(await trial.AskAsync(trial.Launch));

    private static Observation Measured(TriedLaunch tried)
    {
        if (tried.Run.Outcome.Result is null) return Observation.Failed(tried.Told);
        SampleSet samples = tried.Run.Outcome.Samples!;
        long[] sorted = [.. samples.Nanoseconds.Order()];
        return Observation.Passed(FormattableString.Invariant($"{sorted.Length} samples, median {sorted[sorted.Length / 2] / 1e6 / samples.CallsPerSample:0.####} ms a call"));
    }

    private static async Task<Observation> ClockAsync(ConformanceTrial trial)
    {
        TriedLaunch tried = await trial.AskAsync(trial.Launch);
        if (tried.Run.Outcome.Result is not { } result) return Observation.Failed(tried.Told);
        if (result.WindowStart < tried.Begin || result.WindowEnd > tried.End)
            return Observation.Failed($"the window is {result.WindowStart} to {result.WindowEnd}, the process lived from {tried.Begin} to {tried.End}");
        long window = result.WindowEnd - result.WindowStart, sum = tried.Run.Outcome.Samples!.Nanoseconds.Sum();
        return sum > window + Slack
            ? Observation.Failed($"the samples are {sum} ns together, the window is {window} ns")
            : Observation.Passed(FormattableString.Invariant($"samples fill {100.0 * sum / window:0} % of a window of {window / 1e6:0} ms"));
    }

    private static async Task<Observation> EffectiveAsync(ConformanceTrial trial)
    {
        TriedLaunch tried = await trial.AskAsync(trial.Launch);
        if (tried.Run.Outcome.Result is not { } result) return Observation.Failed(tried.Told);
        return result.Effective?.Precision is { Length: > 0 } precision
            ? Observation.Passed($"'{precision}'")
            : Observation.NotApplicable("it does not say; its numbers carry the note `precision-unproven`");
    }

    private static async Task<Observation> ThroughputAsync(ConformanceTrial trial)
    {
        if (trial.Provider?.Kinds.Contains("throughput", StringComparer.Ordinal) != true) return Observation.NotApplicable("it does not name the kind `throughput`");
        TriedLaunch tried = await trial.AskAsync(folder => trial.Launch(folder) with { Kind = LaunchKind.Throughput, Concurrency = ConcurrentLoops });
        if (tried.Run.Outcome.Result is not { } result) return Observation.Failed(tried.Told);
        SampleSet samples = tried.Run.Outcome.Samples!;
        return Observation.Passed(FormattableString.Invariant(
            $"{string.Join(" + ", samples.Streams)} samples of {samples.CallsPerSample} calls in {(result.WindowEnd - result.WindowStart) / 1e6:0} ms"));
    }

    private static async Task<Observation> UnknownFieldsAsync(ConformanceTrial trial) => Measured(await trial.AskAsync(trial.Launch, request =>
    {
        var line = (JsonObject)JsonNode.Parse(WorkerProtocol.Write(request))!;
        line["novelty"] = new JsonArray(1, new JsonObject { ["type"] = "cancel" });
        foreach (string inner in Inner) line[inner]!["novelty"] = "\"}{\\";
        return Line(line.ToJsonString());
    }));

    private static async Task<Observation> OtherVersionAsync(ConformanceTrial trial)
    {
        TriedLaunch tried = await trial.AskAsync(_ => new CapabilitiesRequest { Protocol = OtherVersion });
        Observation refused = Refused(tried, WorkerErrorCode.BadRequest);
        if (refused.Verdict != ConformanceVerdict.Passed) return refused;
        return tried.Run.Outcome.Error!.Supported?.Contains(WorkerProtocol.Version) == true
            ? refused
            : Observation.Failed($"{refused.Text}, but `supported` does not name {WorkerProtocol.Version}");
    }

    private static async Task<Observation> OtherPrecisionAsync(ConformanceTrial trial)
    {
        if (Enum.GetValues<Precision>().Where(precision => !trial.Has(precision)).Cast<Precision?>().LastOrDefault() is not { } other)
            return Observation.NotApplicable("it claims every precision");
        return Refused(await trial.AskAsync(folder => trial.Launch(folder) with { Precision = other }), WorkerErrorCode.Unsupported);
    }

    private static async Task<Observation> ModelAsync(ConformanceTrial trial, Func<ModelFile, ModelFile> change)
    {
        if (trial.Claims?.Formats.Contains("onnx") != true) return Observation.NotApplicable("it does not claim the format `onnx`");
        return Refused(await trial.AskAsync(folder => With(trial.Launch(folder), change)), WorkerErrorCode.Model);

        static LaunchRequest With(LaunchRequest launch, Func<ModelFile, ModelFile> change) => launch with { Model = change(launch.Model) };
    }

    private static async Task<Observation> CancelAsync(ConformanceTrial trial)
    {
        TriedLaunch tried = await trial.StopAsync(LaunchPhase.Sample, Ladder.Patient);
        return tried.Run.Exit.Code == Killed && tried.AfterStop is not null ? Observation.Failed($"only SIGKILL ended it, after {Seconds(tried)}") : Stopped(tried);
    }

    private static async Task<Observation> EndOfInputAsync(ConformanceTrial trial)
    {
        TriedLaunch tried = await trial.StopAsync(LaunchPhase.Warmup, Orphaned);
        return tried.AfterStop >= AfterEnd ? Observation.Failed($"it was still there after {Seconds(tried)}") : Stopped(tried);
    }

    private static Observation Stopped(TriedLaunch tried)
    {
        if (tried.AfterStop is not null) return Observation.Passed($"it {tried.Run.Exit} after {Seconds(tried)}");
        return tried.Run.Outcome.Result is null ? Observation.Failed(tried.Told) : Observation.NotApplicable("the launch was over before, although its `minMs` are two minutes");
    }

    private static string Seconds(TriedLaunch tried) => FormattableString.Invariant($"{tried.AfterStop!.Value.TotalSeconds:0.0} s");

    /// <summary>The worker must have said an error of one of these codes, and left with its exit code.</summary>
    private static Observation Refused(TriedLaunch tried, params ReadOnlySpan<WorkerErrorCode> codes)
    {
        if (tried.Run.Outcome.Error is not { } error) return Observation.Failed(tried.Told);
        if (WorkerErrorTable.FromWord(error.Code) is not { } code || !codes.Contains(code)) return Observation.Failed($"error `{error.Code}`: {OneLine(error.Message)}");
        int exitCode = WorkerErrorTable.ExitCode(code);
        return tried.Run.Exit.Code == exitCode
            ? Observation.Passed($"error `{error.Code}`: {OneLine(error.Message)}")
            : Observation.Failed($"error `{error.Code}`, but it {tried.Run.Exit}, not {exitCode}");
    }

    private static string OneLine(string text)
    {
        // A line end of two characters becomes one.
        string line = text.ReplaceLineEndings(" ");
        return line[..Math.Min(line.Length, LongestLine)];
    }

    private static byte[] Line(string text) => Encoding.UTF8.GetBytes(text + "\n");
}
