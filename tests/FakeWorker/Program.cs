using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fleetmark.Documents;
using Fleetmark.Measurement.Bracketing;
using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Precision;

namespace Fleetmark.FakeWorker;

/// <summary>A worker that speaks the protocol and has no runtime: what it does stands in its <see cref="Script"/>.</summary>
internal static class Program
{
    private static readonly Stream Input = Console.OpenStandardInput();
    private static readonly Voice Voice = new(Console.OpenStandardOutput());

    private static int Main()
    {
        if (Environment.GetEnvironmentVariable("FLEETMARK_FAKE") == "hang:start") Hang();
        Voice.Hello();
        WorkerRequest? request = WorkerProtocol.ReadRequest(ReadLine()).Request;
        var script = Script.Of(request);
        return request switch
        {
            LaunchRequest launch => Listening(() => new Launch(launch, script, Voice).Run()),
            CapabilitiesRequest capabilities => Capabilities(capabilities.Device),
            BuildRequest build => Build(build),
            ConvertRequest convert => Convert(convert),
            InspectRequest inspect => Inspect(inspect, script),
            SelfCheckRequest check => SelfCheck(check, script),
            _ => Refuse(),
        };
    }

    /// <summary>From now on SIGTERM, <c>cancel</c> and the end of stdin are ignored. Called before the worker says what a test waits for.</summary>
    internal static void Deafen()
    {
        _ignored = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        _isDeaf = true;
    }

    /// <summary>Never returns.</summary>
    internal static void Hang()
    {
        Thread.CurrentThread.Join();
        GC.KeepAlive(_ignored);
    }

    private static volatile bool _isDeaf;
    private static PosixSignalRegistration? _ignored;

    private static int Listening(Func<int> work)
    {
        var listener = new Thread(() =>
        {
            while (ReadLine() is { Length: > 0 } line)
                if (!_isDeaf && WorkerProtocol.ReadRequest(line).Request is CancelRequest) Leave();
            if (!_isDeaf) Leave();
        })
        { IsBackground = true };
        listener.Start();
        return work();
    }

    private static void Leave()
    {
        Voice.Say(new ErrorMessage { Code = "cancelled", Message = "cancelled" });
        Exit(WorkerErrorTable.ExitCode(WorkerErrorCode.Cancelled));
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("ApiDesign", "RS0030", Justification = "The main thread may hang on purpose.")]
    private static void Exit(int code) => Environment.Exit(code);

    /// <summary>
    /// The CPU computes in FP32, a GPU through CUDA in FP16 too. <c>FLEETMARK_FAKE_PROVIDERS</c> says what comes of a GPU's providers instead, as in
    /// <c>cuda=unsupported-arch:no kernels for sm_70;tensorrt=ok</c>.
    /// </summary>
    private static int Capabilities(LaunchDevice? device)
    {
        string providers = device is null ? "cpu=ok" : Environment.GetEnvironmentVariable("FLEETMARK_FAKE_PROVIDERS") ?? "cuda=ok";
        Voice.Say(new CapabilitiesMessage
        {
            Providers = [.. providers.Split(';').Select(words => words.Split(['=', ':'], 3)).Select(words => new ProviderCapability
            {
                Name = words[0],
                Devices = [new DeviceCapability { Uuid = device?.Uuid, State = words[1], Reason = words.ElementAtOrDefault(2) }],
                Precisions = device is null ? ["fp32"] : ["fp32", "fp16"],
                Scopes = ["e2e", "device"],
                Kinds = ["latency"],
            })],
            Formats = ["onnx"],
            OptionKeys = [Script.WordOption, Script.NanosecondsOption],
        });
        return 0;
    }

    /// <summary>The real bytes: a digest is a digest.</summary>
    private static int Build(BuildRequest request)
    {
        // The model of a calibration: nobody looks inside.
        if (request.Definition.Length == 0) File.WriteAllBytes(request.Path, [1, 2, 3]);
        else using (FileStream file = File.Create(request.Path)) OnnxEmitter.Emit(ModelDefinition.Read(request.Definition, request.Name), file, CancellationToken.None);
        byte[] bytes = File.ReadAllBytes(request.Path);
        Voice.Say(new BuiltMessage { Sha256 = System.Convert.ToHexStringLower(SHA256.HashData(bytes)), SizeBytes = bytes.LongLength });
        return 0;
    }

    /// <summary>The real bytes here too.</summary>
    private static int Convert(ConvertRequest request)
    {
        Conversion conversion;
        try
        {
            using FileStream source = File.OpenRead(request.Model.Path);
            using FileStream file = File.Create(request.Path);
            conversion = Fp16Converter.Convert(source, request.Model.Path, request.Keep, file, CancellationToken.None);
        }
        catch (ProblemException e)
        {
            Voice.Say(new ErrorMessage { Code = "model", Message = e.Problems[0].ToString() });
            return WorkerErrorTable.ExitCode(WorkerErrorCode.Model);
        }

        byte[] bytes = File.ReadAllBytes(request.Path);
        var report = new ConversionReport { Converter = request.Converter, HalfNodes = conversion.HalfNodes.Count, KeptNodes = conversion.KeptNodes.Count, Kept = conversion.KeptNodes };
        Voice.Say(new BuiltMessage { Sha256 = System.Convert.ToHexStringLower(SHA256.HashData(bytes)), SizeBytes = bytes.LongLength, Conversion = report });
        return 0;
    }

    /// <summary>
    /// All is well, or <c>overflow:NODE</c>, a value overflows until that node stays in FP32; <c>disagree</c>, the model never says what its source says; <c>blind</c>, it cannot be
    /// looked at.
    /// </summary>
    private static int Inspect(InspectRequest request, Script script)
    {
        if (script.Word == "blind")
        {
            Voice.Say(new ErrorMessage { Code = "out-of-memory", Message = "out of memory" });
            return WorkerErrorTable.ExitCode(WorkerErrorCode.OutOfMemory);
        }

        bool overflows = script.Word == "overflow" && !request.Keep.Contains(script.Argument);
        var check = new PrecisionCheck { Inputs = PrecisionCheck.SeededInputs, Top1Agreements = script.Word == "disagree" ? 1 : PrecisionCheck.SeededInputs, MaxAbsDifference = 0.01, MinCosine = 0.999, Finite = true };
        Voice.Say(new InspectedMessage
        {
            Graph = new GraphReport { Sha256 = new string('a', 64), Ops = new Dictionary<string, int> { ["Conv"] = 1 }, InputTypes = new Dictionary<string, int> { ["float16"] = 1 } },
            Effective = new EffectiveReport { Precision = "fp16(graph)" },
            PrecisionCheck = overflows ? check with { FirstOverflow = $"tensor '{script.Argument}' of node '{script.Argument}' (Conv)", Keep = [script.Argument] } : check,
        });
        return 0;
    }

    /// <summary><c>selfcheck:1.02,1.00</c>: every call costs so many times the bare one, which against itself gives the second number.</summary>
    private static int SelfCheck(SelfCheckRequest request, Script script)
    {
        if (script.Word != "selfcheck") return Refuse();
        double[] ratios = [.. script.Argument.Split(',').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        var series = new BlockSeries
        {
            ControlNs = [.. Enumerable.Repeat(1000.0, (2 * request.Blocks) + 1)],
            BlockNs = [.. Enumerable.Range(0, 2 * request.Blocks).Select(i => 1000 * ratios[i % 2])],
            IsTested = [.. Enumerable.Range(0, 2 * request.Blocks).Select(i => i % 2 == 0)],
            CallsPerBlock = 100,
            AllocatedBytes = 0,
            Collections = 0,
        };
        Voice.Say(new SelfCheckMessage { TimerFloorNs = 25, Series = [.. request.Models.Select(_ => series)] });
        return 0;
    }

    private static int Refuse()
    {
        Voice.Say(new ErrorMessage { Code = "bad-request", Message = "not understood" });
        return WorkerErrorTable.ExitCode(WorkerErrorCode.BadRequest);
    }

    private static byte[] ReadLine()
    {
        var line = new List<byte>();
        while (Input.ReadByte() is >= 0 and not '\n' and var next) line.Add((byte)next);
        return [.. line];
    }
}
