using System.Text;
using System.Text.Json;
using Fleetmark.Measurement.Bracketing;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Measurement.Tests.Launches;

public sealed class WorkerProtocolTests
{
    /// <summary>The launch of the documentation, with a field nobody knows.</summary>
    private const string Launch = """
        {"type":"launch","protocol":1,"launch":"r17-c4-1-1","kind":"latency","model":{"path":"/m/a.onnx","sha256":"ab","format":"onnx"},"inputs":[{"name":"x","type":"float32","shape":[4,3,224,224]}],"provider":"cuda","device":{"index":0,"uuid":"GPU-1","computeCapability":"7.5"},"precision":"fp16","scope":"e2e","hostMemory":"pinned","batch":4,"threads":1,"cpus":[2],"seed":20210614,"options":{"cudnn_conv_algo_search":"EXHAUSTIVE"},"warmup":{"minMs":3000,"minCalls":50,"capMs":30000,"windowMs":250,"windowCalls":20,"windows":6,"ratio":1.01,"slowCalls":3},"sample":{"minMs":3000,"minCount":200,"maxMs":20000,"maxCount":20000,"floorCount":10,"halfWidth":0.01},"cacheDir":"/c","workDir":"/w"}
        """;

    private static readonly BlockSeries Series = new() { ControlNs = [1000.5, 1001], BlockNs = [1003], IsTested = [true], CallsPerBlock = 9, AllocatedBytes = 8, Collections = 1 };

    private static RequestReading Read(string line) => WorkerProtocol.ReadRequest(Encoding.UTF8.GetBytes(line));

    [Fact]
    public void A_launch_is_read_and_written_back_to_the_same_bytes()
    {
        RequestReading reading = Read(Launch);
        LaunchRequest request = Assert.IsType<LaunchRequest>(reading.Request);
        Assert.Equal((Precision.Fp16, Scope.EndToEnd, 4, 20210614L), (request.Precision, request.Scope, request.Batch, request.Seed));
        Assert.Equal([4, 3, 224, 224], request.Inputs[0].Shape);
        Assert.Equal(6, request.Warmup.Windows);
        Assert.Equal(Launch + "\n", Encoding.UTF8.GetString(WorkerProtocol.Write(request)));
    }

    [Fact]
    public void Unknown_fields_and_the_place_of_the_type_do_not_matter()
    {
        Assert.IsType<CapabilitiesRequest>(Read("""{"future":[1,{"a":2}],"protocol":1,"type":"capabilities"}""").Request);
        Assert.IsType<CancelRequest>(Read("""{"type":"cancel"}""").Request);
    }

    [Fact]
    public void A_build_is_written_in_camel_case_and_read_again()
    {
        var request = new BuildRequest { Name = "AlexNet", Definition = "name: AlexNet\nlayers: [é]", Weights = "synthetic-v1", Path = "/tmp/a.onnx" };
        byte[] line = WorkerProtocol.Write(request);
        Assert.StartsWith("""{"type":"build","protocol":1,"name":"AlexNet",""", Encoding.UTF8.GetString(line), StringComparison.Ordinal);
        Assert.Equal(1, line.Count(b => b == (byte)'\n'));
        Assert.Equal(request, WorkerProtocol.ReadRequest(line.AsMemory(0, line.Length - 1)).Request);
    }

    [Fact]
    public void A_conversion_and_an_inspection_are_read_as_they_were_written()
    {
        var source = new ModelFile { Path = "/m/a.onnx", Sha256 = "ab", Format = "onnx" };
        WorkerRequest[] requests =
        [
            new ConvertRequest { Model = source, Converter = ConvertRequest.CurrentConverter, Keep = ["conv5"], Path = "/m/b.onnx" },
            new InspectRequest { Launch = (LaunchRequest)Read(Launch).Request! with { Precision = Precision.Fp16, AllowEmulated = true }, Original = source, Keep = ["conv5"] },
        ];
        foreach (WorkerRequest request in requests)
        {
            byte[] line = WorkerProtocol.Write(request);
            WorkerRequest read = WorkerProtocol.ReadRequest(line.AsMemory(0, line.Length - 1)).Request!;
            Assert.Equal(request.GetType(), read.GetType());
            Assert.Equal(line, WorkerProtocol.Write(read));
        }
    }

    [Theory]
    [InlineData("", "no such JSON")]
    [InlineData("{", "no such JSON")]
    [InlineData("[]", "'type'")]
    [InlineData("""{"type":7}""", "'type'")]
    [InlineData("""{"type":"dance","protocol":1}""", "'dance'")]
    [InlineData("""{"type":"launch","protocol":1}""", "required")]
    [InlineData("""{"type":"cancel","x":{"a":1,"a":2}}""", "no such JSON")]
    [InlineData("""{"type":"build","protocol":1,"name":null,"definition":"","weights":"","path":""}""", "no such JSON")]
    public void What_is_wrong_with_a_request_is_said(string line, string said)
    {
        RequestReading reading = Read(line);
        Assert.False(reading.IsAccepted);
        Assert.False(reading.IsOtherProtocol);
        Assert.Contains(said, reading.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"launch","protocol":2}""")]
    [InlineData("""{"type":"launch"}""")]
    [InlineData("""{"type":"capabilities","protocol":1.5}""")]
    public void Other_protocol_versions_are_told_apart(string line) => Assert.True(Read(line).IsOtherProtocol);

    [Fact]
    public void Nanoseconds_keep_every_digit()
    {
        const long At = 9_007_199_254_740_993; // 2^53 + 1 does not fit a double
        byte[] line = WorkerProtocol.Write(PhaseMessage.Begin(LaunchPhase.Sample, At));
        Assert.Equal("""{"type":"phase","name":"sample","at":9007199254740993}""" + "\n", Encoding.UTF8.GetString(line));
        Assert.Equal(At, Assert.IsType<PhaseMessage>(WorkerProtocol.ReadLine(line.AsMemory(0, line.Length - 1)).Message).At);
    }

    [Theory]
    [InlineData("""{"type":"phase","name":"sample","at":1.5}""")]
    [InlineData("""{"type":"phase","name":"sample","at":1e3}""")]
    [InlineData("""{"type":"phase","name":"sample","at":"1"}""")]
    [InlineData("""{"type":"phase","name":"sample"}""")]
    [InlineData("""{"type":"hello","protocol":1""")]
    [InlineData("""{"no":"type"}""")]
    [InlineData("""{"type":"result","type":"result"}""")]
    [InlineData("""{"type":"hello","protocol":1,"future":{"a":1,"a":2}}""")]
    public void Unreadable_messages_are_violations_that_quote_the_line(string line)
    {
        WorkerLine read = WorkerProtocol.ReadLine(Encoding.UTF8.GetBytes(line));
        Assert.Contains(line, read.Broken, StringComparison.Ordinal);
    }

    [Fact]
    public void A_self_check_is_read_and_written_back_to_the_same_bytes()
    {
        const string Line = """{"type":"selfcheck","protocol":1,"cpus":[1],"models":[{"name":"chain-4","nodes":3,"callsPerBlock":2000}],"blocks":150,"seed":7}""";
        SelfCheckRequest request = Assert.IsType<SelfCheckRequest>(Read(Line).Request);
        Assert.Equal(new SelfCheckModel("chain-4", 3, 2000), Assert.Single(request.Models));
        Assert.Equal(Line + "\n", Encoding.UTF8.GetString(WorkerProtocol.Write(request)));
        Assert.Empty(Assert.IsType<SelfCheckRequest>(Read(Line.Replace("\"cpus\":[1],", "", StringComparison.Ordinal)).Request).Cpus);
    }

    [Fact]
    public void Every_message_survives_the_wire()
    {
        JsonElement memory = JsonDocument.Parse("""{"peakBytes":1}""").RootElement.Clone();
        WorkerMessage[] messages =
        [
            new HelloMessage { Protocol = 1, Worker = "w", Flavour = "f", Pid = 3, Supported = [1] },
            new CapabilitiesMessage { Providers = [new ProviderCapability { Name = "cpu", Devices = [new DeviceCapability { State = DeviceCapability.Ok }], Precisions = ["fp32"] }] },
            new ProgressMessage { Phase = "sample", Calls = 4, ElapsedMs = 1.5, MedianNs = 3, HalfWidth = 0.1 },
            new SamplesMessage { Series = SamplesMessage.Latency, N = 2, Values = [1, 2] },
            new SamplesMessage { Series = SamplesMessage.Latency, N = 2, Data = [1, 2, 3] },
            new ResultMessage
            {
                WindowStart = 1, WindowEnd = 2, TimerFloorNs = 30, PhasesMs = new Dictionary<string, double> { ["load"] = 1.25 }, HalfWidth = 0.01, Bursts = [[1, 2]],
                Warmup = new WarmUpReport { Steady = true, Calls = 9, WindowsNs = [5] }, Gc = new CollectionReport { Collections = 1, PauseMs = 0.5, AllocatedBytes = 7 },
                Output = new OutputReport { Finite = true, Sha256 = "ab", Top1 = [3], Head = [0.5f], Denormals = 0 },
                Effective = new EffectiveReport { Precision = "fp32", Threads = 2, Options = new Dictionary<string, string> { ["a"] = "b" } }, Memory = memory,
            },
            new BuiltMessage { Sha256 = "ab", SizeBytes = 5, Conversion = new ConversionReport { Converter = 1, Values = 7, KeptNodes = 1, Kept = ["soft"] } },
            new InspectedMessage
            {
                Graph = new GraphReport { Sha256 = "cd", Ops = new Dictionary<string, int> { ["Conv"] = 2 }, InputTypes = new Dictionary<string, int> { ["float16"] = 2 } },
                Effective = new EffectiveReport { Precision = "fp16(graph)" },
                PrecisionCheck = new PrecisionCheck { Inputs = 64, Top1Agreements = 63, MaxAbsDifference = 0.5, MinCosine = 0.99, Finite = true, Ties = 1, FirstOverflow = "t", Keep = ["n"] },
            },
            new SelfCheckMessage { TimerFloorNs = 20, Series = [Series] },
            new ErrorMessage { Code = "model", Message = "no", Detail = "d", Phase = "load", Retryable = false, Supported = [1] },
        ];
        foreach (WorkerMessage message in messages)
        {
            byte[] line = WorkerProtocol.Write(message);
            WorkerMessage read = WorkerProtocol.ReadLine(line.AsMemory(0, line.Length - 1)).Message!;
            Assert.Equal(message.GetType(), read.GetType());
            Assert.Equal(line, WorkerProtocol.Write(read));
        }
    }

    [Theory]
    [InlineData("fp32", Precision.Fp32)]
    [InlineData("fp32(weights fp16-rounded)", Precision.Fp32)]
    [InlineData("fp16(graph)", Precision.Fp16)]
    [InlineData("int8(qdq)", Precision.Int8)]
    [InlineData("fp16-mixed(41/57)", Precision.Fp32)]
    [InlineData("bf16", Precision.Fp32)]
    public void Effective_precision_counts_as_the_format_it_wholly_used(string words, Precision expected) =>
        Assert.Equal(expected, EffectiveReport.ArithmeticOf(words));
}
