using Fleetmark.Measurement.Samples;

namespace Fleetmark.Measurement.Launches;

/// <summary>
/// The agent's side of one worker process, without any I/O: it is fed what the worker wrote to stdout, knows the legal order (<c>hello</c>, any of <c>phase</c>,
/// <c>progress</c>, <c>samples</c>, then exactly one answer or <c>error</c>), and says in the end what came of it. Not thread-safe.
/// </summary>
/// <param name="request">What the worker was asked.</param>
/// <param name="readFile">Reads a file of the work directory for <see cref="SamplesMessage.File"/>; it gets a plain file name, refuses links and throws
/// <see cref="IOException"/> when it cannot. Null: samples in files are a violation.</param>
public sealed class WorkerConversation(WorkerRequest request, Func<string, byte[]>? readFile = null)
{
    private const int LogCharacters = 2000;

    private readonly List<byte> _partial = [];
    private readonly List<string> _log = [];
    private long _outputBytes;
    private SampleSet? _samples;
    private WorkerMessage? _answer;
    private ErrorMessage? _error;
    private PhaseMessage? _phaseBegin;

    /// <summary>The worker's introduction; null until it came.</summary>
    public HelloMessage? Hello { get; private set; }

    /// <summary>The phase the worker is in.</summary>
    public LaunchPhase Phase { get; private set; }

    /// <summary>The newest progress message; null until one came. A new phase clears it.</summary>
    public ProgressMessage? Progress { get; private set; }

    /// <summary>The best known time of one call: progress first, then the length of the phase <c>first</c>; null while unknown.</summary>
    public TimeSpan? CallTime { get; private set; }

    /// <summary>Lines of stdout that are no messages, the first <see cref="WorkerProtocol.LogLineLimit"/>.</summary>
    public IReadOnlyList<string> Log => _log;

    /// <summary>Messages of unknown type, which were ignored.</summary>
    public int UnknownMessages { get; private set; }

    /// <summary>How the worker broke the protocol, with the begin of the line; null while it did not. The agent ends such a worker.</summary>
    public string? Violation { get; private set; }

    /// <summary>True when nothing more is expected but the end of the process.</summary>
    public bool IsOver => Violation is not null || _answer is not null || _error is not null;

    /// <summary>Takes what the worker wrote, cut anywhere.</summary>
    /// <param name="stdout">Bytes in the order they were read.</param>
    public void Feed(ReadOnlySpan<byte> stdout)
    {
        _outputBytes += stdout.Length;
        while (Violation is null && stdout.IndexOf((byte)'\n') is var end and >= 0)
        {
            _partial.AddRange(stdout[..end]);
            stdout = stdout[(end + 1)..];
            Line();
        }

        if (Violation is not null) return;
        if (_partial.Count + stdout.Length > WorkerProtocol.LineLimit)
        {
            Break($"a line of more than {WorkerProtocol.LineLimit} bytes");
        }
        else if (_outputBytes > WorkerProtocol.OutputLimit)
        {
            Break($"more than {WorkerProtocol.OutputLimit} bytes of output");
        }
        else
        {
            _partial.AddRange(stdout);
        }
    }

    /// <summary>The process is gone and stdout was read to its end: what came of it.</summary>
    public LaunchOutcome End(WorkerExit exit)
    {
        Remainder(exit);
        return Failure(exit) is { } failure ? LaunchOutcome.Failed(Hello, failure, _error)
            : _answer is ResultMessage result ? LaunchOutcome.Measured(Hello!, result, _samples!)
            : LaunchOutcome.Answered(Hello!, _answer!);
    }

    /// <summary>A last line without line feed counts if it can be read; of a worker that was ended it may be half a line.</summary>
    private void Remainder(WorkerExit exit)
    {
        if (_partial.Count == 0 || Violation is not null) return;
        bool halfLineIsFine = exit.Code != 0 || exit.Stop != WorkerStop.None;
        if (halfLineIsFine && WorkerProtocol.ReadLine(_partial.ToArray()).Broken is not null) return;
        Line();
    }

    private void Line()
    {
        WorkerLine line = WorkerProtocol.ReadLine(_partial.ToArray());
        _partial.Clear();
        if (line.Broken is not null) Break(line.Broken);
        else if (line.Message is not null) Take(line.Message);
        else if (line.Log is null) UnknownMessages++;
        else if (line.Log.Length > 0 && _log.Count < WorkerProtocol.LogLineLimit) _log.Add(line.Log[..Math.Min(line.Log.Length, LogCharacters)]);
    }

    private void Take(WorkerMessage message)
    {
        if (IsOver) Break($"'{WordOf(message)}' after the end");
        else if (Hello is null && message is not HelloMessage) Break($"'{WordOf(message)}' before 'hello'");
        else if (Hello is not null && message is HelloMessage) Break("a second 'hello'");
        else if (message is HelloMessage hello) Introduce(hello);
        else if (message is PhaseMessage phase) Enter(phase);
        else if (message is ProgressMessage progress) Note(progress);
        else if (message is SamplesMessage samples) Keep(samples);
        else if (message is ErrorMessage error) _error = error;
        else Answer(message);
    }

    private void Introduce(HelloMessage hello)
    {
        Hello = hello;
        Phase = LaunchPhase.Load;
        // A worker that was asked for another version says so in an error of its own; one that answers in another version cannot be understood.
        if (hello.Protocol != WorkerProtocol.Version) Break($"'hello' of protocol {hello.Protocol}, {WorkerProtocol.Version} was asked");
    }

    private void Enter(PhaseMessage message)
    {
        if (message.Phase is not { } phase) return;
        if (phase < Phase)
        {
            Break($"phase '{message.Name}' after '{PhaseMessage.WordOf(Phase)}'");
            return;
        }

        if (_phaseBegin is { Phase: LaunchPhase.First } first && message.At > first.At) CallTime = Nanoseconds(message.At - first.At);
        _phaseBegin = message;
        Phase = phase;
        Progress = null;
    }

    private void Note(ProgressMessage progress)
    {
        Progress = progress;
        if (progress.MedianNs is > 0 and var median) CallTime = Nanoseconds(median);
    }

    private void Keep(SamplesMessage message)
    {
        if (message.Series != SamplesMessage.Latency) return;
        if (request is not LaunchRequest launch) Break("'samples' although no launch was asked");
        else if (_samples is not null) Break("'samples' of series 'latency' for the second time");
        else Keep(ReceivedSamples.Read(message, launch.Kind == LaunchKind.Throughput ? launch.Concurrency ?? 1 : null, readFile));
    }

    private void Keep(ReceivedSamples received)
    {
        if (received.Problem is not null) Break(received.Problem);
        _samples = received.Samples;
    }

    private void Answer(WorkerMessage message)
    {
        if (!request.IsAnsweredBy(message)) Break($"'{WordOf(message)}' does not answer the request");
        else if (ProblemOf(message) is { } problem) Break(problem);
        else _answer = message;
    }

    private string? ProblemOf(WorkerMessage answer) => answer switch
    {
        ResultMessage result => ProblemOf(result),
        SelfCheckMessage check => check.ProblemFor((SelfCheckRequest)request),
        CapabilitiesMessage claims => CapabilityRules.ProblemOf(claims),
        _ => null,
    };

    private string? ProblemOf(ResultMessage result) =>
        _samples is null ? "'result' without 'samples'"
        : result.WindowEnd <= result.WindowStart ? "'result' with an empty window"
        : result.Bursts?.Contains(null) == true ? "'result' with a burst that is null"
        : result.Energy is { } loop && (loop.End <= loop.Start || loop.Calls < 1) ? "'result' with an empty energy loop"
        : request is LaunchRequest { Kind: LaunchKind.Throughput } launch ? ThroughputWindow.ProblemOf(result, _samples, launch)
        : null;

    private LaunchFailure? Failure(WorkerExit exit)
    {
        bool saidWhy = _error is not null && WorkerErrorTable.FromWord(_error.Code) != WorkerErrorCode.Cancelled;
        if (exit.Stop == WorkerStop.OutOfMemory && !saidWhy) return Fail(WorkerErrorTable.OutOfMemory, exit.Cause ?? "the worker used more memory than it may");
        if (exit.Stop == WorkerStop.Deadline && !saidWhy)
            return Fail(WorkerErrorTable.WorkerTimeout, $"the worker outlasted its time in phase '{PhaseMessage.WordOf(Phase)}'{(exit.Cause is null ? "" : $": {exit.Cause}")}");
        if (exit.Stop == WorkerStop.Cancelled && _answer is null) return Fail(WorkerErrorTable.Cancelled, "cancelled");
        if (Violation is not null) return Fail(WorkerErrorTable.WorkerProtocol, Violation);
        if (_error is not null) return OfError(_error);
        bool endedOnPurpose = exit.Stop == WorkerStop.Cancelled;
        if (exit.Code != 0 && !endedOnPurpose) return OfExit(exit);
        if (_answer is null) return Fail(WorkerErrorTable.WorkerProtocol, "the worker left without an answer");
        return _answer is ResultMessage { Output.Finite: false } ? Fail(WorkerErrorTable.WrongOutput, "the output holds values that are not finite") : null;
    }

    private LaunchFailure OfError(ErrorMessage error)
    {
        if (WorkerErrorTable.FromWord(error.Code) is not { } code)
            return Fail(WorkerErrorTable.WorkerProtocol, $"error code '{error.Code}' is not known: {error.Message}");
        LaunchPhase phase = error.Phase is null ? Phase : new PhaseMessage { Name = error.Phase, At = 0 }.Phase ?? Phase;
        return new LaunchFailure(WorkerErrorTable.FailureCode(code), error.Message.ReplaceLineEndings(" "), phase, error.Detail);
    }

    private LaunchFailure OfExit(WorkerExit exit) => WorkerErrorTable.FromExitCode(exit.Code) is { } code
        ? Fail(WorkerErrorTable.FailureCode(code), $"the worker {exit} ({WorkerErrorTable.Word(code)}) and no message")
        : Fail(WorkerErrorTable.WorkerCrash, $"the worker {exit} in phase '{PhaseMessage.WordOf(Phase)}'");

    private LaunchFailure Fail(string code, string text) => new(code, text, Phase);

    private void Break(string what)
    {
        Violation = what.ReplaceLineEndings(" ");
        _partial.Clear();
    }

    private static TimeSpan Nanoseconds(long value) => TimeSpan.FromTicks(value / TimeSpan.NanosecondsPerTick);

    private static string WordOf(WorkerMessage message) => message switch
    {
        HelloMessage => HelloMessage.Word,
        CapabilitiesMessage => CapabilitiesMessage.Word,
        PhaseMessage => PhaseMessage.Word,
        ProgressMessage => ProgressMessage.Word,
        SamplesMessage => SamplesMessage.Word,
        ResultMessage => ResultMessage.Word,
        BuiltMessage => BuiltMessage.Word,
        InspectedMessage => InspectedMessage.Word,
        SelfCheckMessage => SelfCheckMessage.Word,
        _ => ErrorMessage.Word,
    };
}
