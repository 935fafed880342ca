using System.Diagnostics;
using System.Security.Cryptography;
using Fleetmark.Measurement.Launches;
using Fleetmark.Measurement.Samples;

namespace Fleetmark.FakeWorker;

/// <summary>A launch without a runtime: times that depend on batch and script alone, phases in order, and everything that can go wrong.</summary>
internal sealed class Launch(LaunchRequest request, Script script, Voice voice)
{
    private const int Samples = 60;
    private const int Passing = 5;
    private const int Steps = 5;
    private const int StepsPerCall = 1000;
    private const int Flood = 1000;
    private const int EnergyCalls = 50;
    private const long Moment = 1_000_000;
    private const int WindowsOfTime = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private long _samplingSince;
    private EnergyReport? _energy;

    /// <summary>Runs it; the result is the exit code.</summary>
    internal int Run()
    {
        if (script.Word is "deaf" or "garbage" or "huge-line" or "linger") Program.Deafen();
        foreach (LaunchPhase phase in new[] { LaunchPhase.Load, LaunchPhase.First, LaunchPhase.Warmup, LaunchPhase.Sample, LaunchPhase.Energy, LaunchPhase.Finish })
        {
            if (phase == LaunchPhase.Energy && request.Energy is null) continue;
            voice.Enter(phase);
            if (script.Word is "hang" or "deaf" && script.Argument == PhaseMessage.WordOf(phase)) Program.Hang();
            if (script.Word is "slow" && script.Argument.Split('/') is [var slow, var seconds] && slow == PhaseMessage.WordOf(phase)) TellAndHang(phase, seconds);
            if (phase == LaunchPhase.Load && Misbehave() is { } exitCode) return exitCode;
            if (script.Word == "window") Spend(phase);
            if (phase == LaunchPhase.Energy) _energy = Loop(request.Energy!.MinMs);
            if (script.Word == "window-gate") WaitAtGate(phase);
        }

        return script.Word switch
        {
            "silence" => 0,
            "escape" => Answer(message => message with { Data = null, File = "../escaped", Sha256 = new string('0', 64) }),
            "link" => Answer(Link),
            "file" => Answer(InFile),
            "path" => Answer(message => InFile(message) with { File = script.Argument }),
            "other-hash" => Answer(message => InFile(message) with { Sha256 = new string('0', 64) }),
            "undecodable-file" => Answer(message => InFile(message with { Data = [1, 2, 3] })),
            "undecodable" => Answer(message => message with { Data = [1, 2, 3] }),
            "two-forms" => Answer(message => message with { Values = [1] }),
            "other-count" => Answer(message => message with { N = 1 }),
            "answer-crash" => AnswerAndCrash(),
            "half-line" => HalfLine(),
            "not-finite" => Answer(message => message, isFinite: false),
            "infinite" => AnswerRaw(line => line.Replace("\"halfWidth\":0.001", "\"halfWidth\":1e999", StringComparison.Ordinal)),
            "null-burst" => AnswerRaw(line => line.Replace("\"halfWidth\":0.001", "\"bursts\":[null]", StringComparison.Ordinal)),
            "orphan" => Answer(message => message, before: () => Process.Start("sleep", "300").Dispose()),
            "many" => Answer(Many),
            "bare" => AnswerBarely(),
            "effective" => Answer(message => message, effective: script.Argument),
            "linger" => AnswerAndStay(),
            _ => Answer(message => message),
        };
    }

    /// <summary>Takes real time for warm-up and sampling (<c>window:WARM-UP/SAMPLING</c> in milliseconds), so that there is something to see meanwhile.</summary>
    private void Spend(LaunchPhase phase)
    {
        if (phase == LaunchPhase.Sample) _samplingSince = Stopwatch.GetTimestamp();
        if (phase is not (LaunchPhase.Warmup or LaunchPhase.Sample)) return;
        string[] lengths = script.Argument.Split('/');
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne(int.Parse(lengths[phase == LaunchPhase.Warmup ? 0 : 1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Takes as long as it was asked to and calls that so many calls.</summary>
    private static EnergyReport Loop(int milliseconds)
    {
        long start = Stopwatch.GetTimestamp();
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne(milliseconds + 1);
        return new EnergyReport { Start = start, End = Stopwatch.GetTimestamp(), Calls = EnergyCalls };
    }

    /// <summary>Warms up until the file <c>warm</c> is in the folder (<c>window-gate:FOLDER</c>), and samples until <c>end</c> is.</summary>
    private void WaitAtGate(LaunchPhase phase)
    {
        if (phase == LaunchPhase.Sample) _samplingSince = Stopwatch.GetTimestamp();
        if (phase is not (LaunchPhase.Warmup or LaunchPhase.Sample)) return;
        string gate = Path.Combine(script.Argument, phase == LaunchPhase.Warmup ? "warm" : "end");
        using var never = new ManualResetEvent(initialState: false);
        while (!File.Exists(gate)) never.WaitOne(Look);
    }

    /// <summary>Says how long a call takes, and nothing more.</summary>
    private void TellAndHang(LaunchPhase phase, string seconds)
    {
        long call = long.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) * 1_000_000_000;
        voice.Say(new ProgressMessage { Phase = PhaseMessage.WordOf(phase), Calls = 1, MedianNs = call });
        Program.Hang();
    }

    private int? Misbehave()
    {
        switch (script.Word)
        {
            case "crash":
                Console.Error.WriteLine("about to crash");
                Environment.FailFast("scripted");
                return null;
            case "kill":
                Process.GetCurrentProcess().Kill();
                Program.Hang();
                return null;
            case "close":
                voice.Close();
                Program.Hang();
                return null;
            case "flood-errors":
                while (true) Console.Error.WriteLine(new string('x', Flood));
            case "binary":
                voice.SayRaw([0xFF, 0xFE, 0x80, (byte)'\n', (byte)'{', 0xFF, (byte)'\n']);
                Program.Hang();
                return null;
            case "error-exit":
                voice.Say(new ErrorMessage { Code = "device", Message = "scripted" });
                return int.Parse(script.Argument, System.Globalization.CultureInfo.InvariantCulture);
            case "backwards":
                voice.Enter(LaunchPhase.Sample);
                voice.Enter(LaunchPhase.Load);
                Program.Hang();
                return null;
            case "gate":
                if (!IsLetThrough(script.Argument)) Program.Hang();
                return null;
            case "exit":
                return int.Parse(script.Argument, System.Globalization.CultureInfo.InvariantCulture);
            case "grow":
                Grow(int.Parse(script.Argument, System.Globalization.CultureInfo.InvariantCulture));
                return null;
            case "error":
                voice.Say(new ErrorMessage { Code = script.Argument, Message = "scripted", Phase = "load" });
                return WorkerErrorTable.FromWord(script.Argument) is { } code ? WorkerErrorTable.ExitCode(code) : 1;
            case "garbage":
                voice.SayRaw("{\"type\":\"phase\",\n");
                Program.Hang();
                return null;
            case "huge-line":
                voice.SayRaw("{" + new string('x', 2 * WorkerProtocol.LineLimit));
                Program.Hang();
                return null;
            case "clock":
                voice.Enter(LaunchPhase.Sample);
                voice.Say(new ProgressMessage { Phase = "sample", MedianNs = long.MaxValue });
                Program.Hang();
                return null;
            case "talk":
                voice.Enter(LaunchPhase.Sample);
                using (var never = new ManualResetEvent(initialState: false))
                {
                    while (!never.WaitOne(Pause)) voice.Say(new ProgressMessage { Phase = "sample" });
                }

                return null;
            case "flood":
                while (true) voice.SayRaw(new string('x', Flood) + "\n");
            default:
                return null;
        }
    }

    /// <summary>Takes that much memory and writes to all of it, then waits for what comes.</summary>
    private static void Grow(int mebibytes)
    {
        var taken = new List<byte[]>();
        for (int i = 0; i < mebibytes; i++)
        {
            taken.Add(new byte[1 << 20]);
            taken[^1].AsSpan().Fill(1);
        }

        Program.Hang();
        GC.KeepAlive(taken);
    }

    /// <summary>Five launches pass; those that come later wait for their end, unless somebody put a file <c>open</c> into the folder where they all sign.</summary>
    private static bool IsLetThrough(string folder)
    {
        File.WriteAllText(Path.Combine(folder, $"launch-{Guid.NewGuid():N}"), "");
        return Directory.GetFiles(folder, "launch-*").Length <= Passing || File.Exists(Path.Combine(folder, "open"));
    }

    private int Answer(Func<SamplesMessage, SamplesMessage> samples, bool isFinite = true, string effective = "fp32", Action? before = null)
    {
        before?.Invoke();
        voice.Say(samples(Series(Samples)));
        voice.Say(Result(isFinite, effective));
        return 0;
    }

    /// <summary>What the protocol demands and nothing else.</summary>
    private int AnswerBarely()
    {
        voice.Say(new SamplesMessage { Series = SamplesMessage.Latency, N = Samples, Values = [.. Enumerable.Range(0, Samples).Select(Nanoseconds)] });
        ResultMessage whole = Result(isFinite: true);
        voice.Say(new ResultMessage { WindowStart = whole.WindowStart, WindowEnd = whole.WindowEnd, Output = new OutputReport { Finite = true } });
        return 0;
    }

    private int AnswerAndCrash()
    {
        Answer(message => message);
        Environment.FailFast("scripted");
        return 0;
    }

    private int HalfLine()
    {
        voice.Say(Series(Samples));
        voice.SayRaw("{\"type\":\"result\",\"windowStart\":1,");
        return 0;
    }

    private int AnswerAndStay()
    {
        Answer(message => message);
        Program.Hang();
        return 0;
    }

    private int AnswerRaw(Func<string, string> spoil)
    {
        voice.Say(Series(Samples));
        string line = System.Text.Encoding.UTF8.GetString(WorkerProtocol.Write(Result(isFinite: true)));
        voice.SayRaw(spoil(line));
        return 0;
    }

    private SamplesMessage Series(int count) =>
        new() { Series = SamplesMessage.Latency, N = count, Data = SampleCodec.Encode([.. Enumerable.Range(0, count).Select(Nanoseconds)], callsPerSample: 1) };

    private static SamplesMessage Link(SamplesMessage message)
    {
        File.WriteAllBytes("real", message.Data!);
        File.CreateSymbolicLink("samples", "real");
        return InFile(message, "samples");
    }

    private static SamplesMessage InFile(SamplesMessage message)
    {
        File.WriteAllBytes("samples", message.Data!);
        return InFile(message, "samples");
    }

    private static SamplesMessage InFile(SamplesMessage message, string name) =>
        message with { Data = null, File = name, Sha256 = Convert.ToHexStringLower(SHA256.HashData(message.Data!)) };

    /// <summary>More samples than fit into one message of the link, in times that do not compress.</summary>
    private static SamplesMessage Many(SamplesMessage message)
    {
        const int count = 400_000;
        var random = new Random(1);
        byte[] data = SampleCodec.Encode([.. Enumerable.Range(0, count).Select(_ => random.NextInt64(1, 1L << 31))], callsPerSample: 1);
        return InFile(message with { N = count, Data = data });
    }

    /// <summary>A little saw tooth: the same in every launch, and a spread that is not nought. With the word <c>uneven</c> odd launches of whole batches are slower.</summary>
    private long Nanoseconds(int index)
    {
        long call = script.NanosecondsPerImage * request.Batch;
        if (script.Word == "uneven" && request.Batch > 1 && IsOdd(request.Launch)) call += call * int.Parse(script.Argument, System.Globalization.CultureInfo.InvariantCulture) / StepsPerCall;
        return call + (index % Steps * call / StepsPerCall);
    }

    /// <summary>Launches are called <c>j12-a1-r4</c>: the last number is the repetition.</summary>
    private static bool IsOdd(string launch) => "13579".Contains(launch[^1]);

    private ResultMessage Result(bool isFinite, string effective = "fp32")
    {
        long end = Stopwatch.GetTimestamp();
        return new ResultMessage
        {
            WindowStart = _samplingSince > 0 ? _samplingSince : end - Moment, // the time that passed here, not that of the scripted calls: this machine's noise must not judge them
            WindowEnd = end,
            TimerFloorNs = 30,
            PhasesMs = new Dictionary<string, double>(StringComparer.Ordinal) { ["load"] = 10, ["first"] = 2, ["warmup"] = 20 },
            Warmup = new WarmUpReport { Steady = true, Calls = 20, WindowsNs = [.. Enumerable.Range(0, _samplingSince > 0 ? WindowsOfTime : 2).Select(Nanoseconds)] },
            HalfWidth = 0.001,
            Gc = new CollectionReport(),
            Energy = _energy,
            Output = new OutputReport { Finite = isFinite, Sha256 = new string('a', 64), Top1 = [1], Head = [0.5f] },
            Effective = new EffectiveReport { Precision = effective, Threads = request.Threads, Options = new Dictionary<string, string>(request.Options, StringComparer.Ordinal) },
        };
    }
}
