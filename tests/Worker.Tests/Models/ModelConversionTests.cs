using System.Security.Cryptography;
using Fleetmark.Measurement.Launches;
using Fleetmark.Models.Precision;

namespace Fleetmark.Worker.Tests.Models;

public sealed class ModelConversionTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    private ConvertRequest Request => new()
    {
        Model = new ModelFile { Path = _folder.At("small.onnx"), Sha256 = Digest("small.onnx"), Format = "onnx" },
        Converter = ConvertRequest.CurrentConverter,
        Path = _folder.At("small.fp16.onnx"),
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Agent_and_worker_mean_the_same_conversion() => Assert.Equal(Fp16Converter.Version, ConvertRequest.CurrentConverter);

    [Fact]
    public async Task A_model_is_converted_and_the_report_says_what_was_done()
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(Request);
        BuiltMessage built = Assert.IsType<BuiltMessage>(outcome.Answer);
        Assert.Equal(Digest("small.fp16.onnx"), built.Sha256);
        ConversionReport report = built.Conversion!;
        Assert.Equal((1, 4, 2682L, 0L, 2, 4, 0), (report.Converter, report.Tensors, report.Values, report.Saturated, report.Casts, report.HalfNodes, report.KeptNodes));
        (LaunchOutcome again, _) = await WorkerUnderTest.AskAsync(Request with { Sha256 = built.Sha256 });
        Assert.Equal(built.Sha256, Assert.IsType<BuiltMessage>(again.Answer).Sha256);
        (LaunchOutcome kept, _) = await WorkerUnderTest.AskAsync(Request with { Keep = ["fc"] });
        Assert.Equal(["fc"], Assert.IsType<BuiltMessage>(kept.Answer).Conversion!.Kept);
    }

    [Theory]
    [InlineData("converter", "unsupported", "version 9 of the conversion to FP16 is not known here, 1 is")]
    [InlineData("source", "model-invalid", "has sha256")]
    [InlineData("digest", "model-invalid", "the converted model is not reproducible here")]
    [InlineData("keep", "model-invalid", "there is no node 'nobody' that could stay in FP32")]
    [InlineData("folder", "internal", "cannot be written")]
    [InlineData("text", "model-invalid", "is no ONNX model")]
    public async Task What_cannot_be_converted_says_why_and_leaves_no_file(string what, string failure, string text)
    {
        ConvertRequest request = what switch
        {
            "converter" => Request with { Converter = 9 },
            "source" => Request with { Model = Request.Model with { Sha256 = new string('a', 64) } },
            "digest" => Request with { Sha256 = new string('a', 64) },
            "keep" => Request with { Keep = ["nobody"] },
            "text" => Request with { Model = new ModelFile { Path = _folder.Save("text.onnx", "some text"u8.ToArray()), Format = "onnx" } },
            _ => Request with { Path = _folder.At("no-such-folder/small.fp16.onnx") },
        };
        int files = Directory.GetFiles(Path.GetDirectoryName(Request.Path)!).Length;
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(request);
        Assert.Equal(failure, outcome.Failure!.Code);
        Assert.Contains(text, outcome.Failure.Text, StringComparison.Ordinal);
        Assert.Equal(files, Directory.GetFiles(Path.GetDirectoryName(Request.Path)!).Length);
    }

    private string Digest(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder.At(file))));
}
