using System.Security.Cryptography;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Worker.Tests.Models;

public sealed class ModelBuildTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    private BuildRequest Build => new() { Name = "Small", Definition = ModelFolder.SmallDefinition, Weights = "synthetic-v1", Path = _folder.At("built.onnx") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_built_from_its_definition_and_can_be_launched()
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(Build);
        byte[] bytes = await File.ReadAllBytesAsync(Build.Path, TestContext.Current.CancellationToken);
        BuiltMessage built = Assert.IsType<BuiltMessage>(outcome.Answer);
        Assert.Equal(bytes.Length, built.SizeBytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), built.Sha256);
        (LaunchOutcome again, _) = await WorkerUnderTest.AskAsync(Build with { Sha256 = built.Sha256 });
        Assert.Equal(built, again.Answer);
        LaunchRequest launch = _folder.Launch();
        (LaunchOutcome measured, _) = await WorkerUnderTest.AskAsync(launch with { Model = launch.Model with { Path = Build.Path, Sha256 = built.Sha256 } });
        Assert.False(measured.IsFailure);
    }

    [Fact]
    public async Task Without_a_definition_the_workers_own_one_of_the_name_is_built()
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(Build with { Name = "SqueezeNet1_1", Definition = "", Weights = "" });
        Assert.True(Assert.IsType<BuiltMessage>(outcome.Answer).SizeBytes > 1_000_000);
        (LaunchOutcome unknown, _) = await WorkerUnderTest.AskAsync(Build with { Name = "NoSuchModel", Definition = "", Weights = "" });
        Assert.Equal(("model-invalid", "there is no built-in model 'NoSuchModel'"), (unknown.Failure!.Code, unknown.Failure.Text));
    }

    [Fact]
    public async Task Another_digest_is_not_reproducible_and_leaves_no_file()
    {
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(Build with { Sha256 = new string('a', 64) });
        Assert.Equal("model-invalid", outcome.Failure!.Code);
        Assert.Matches("not reproducible here: built [0-9a-f]{64}, expected a{64}", outcome.Failure.Text);
        Assert.Equal([_folder.At("small.onnx")], Directory.GetFiles(Path.GetDirectoryName(Build.Path)!));
    }

    [Theory]
    [InlineData("weights", "unsupported", "weights recipe 'trained'")]
    [InlineData("name", "model-invalid", "is of model 'Small', not 'Large'")]
    [InlineData("definition", "model-invalid", "Small:")]
    [InlineData("folder", "internal", "cannot be written")]
    public async Task What_cannot_be_built_says_why(string what, string failure, string text)
    {
        BuildRequest request = what switch
        {
            "weights" => Build with { Weights = "trained" },
            "name" => Build with { Name = "Large" },
            "definition" => Build with { Definition = "model: [" },
            _ => Build with { Path = _folder.At("no-such-folder/built.onnx") },
        };
        (LaunchOutcome outcome, _) = await WorkerUnderTest.AskAsync(request);
        Assert.Equal(failure, outcome.Failure!.Code);
        Assert.Contains(text, outcome.Failure.Text, StringComparison.Ordinal);
    }
}
