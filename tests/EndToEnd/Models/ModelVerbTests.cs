using System.Text.Json;

namespace Fleetmark.EndToEnd.Models;

public sealed class ModelVerbTests
{
    [Fact]
    public async Task The_list_has_the_eight_networks_as_text_and_as_json()
    {
        await using var home = new Home();

        Finished text = await home.RunAsync("models", "list");
        Finished json = await home.RunAsync("models", "list", "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Equal(9, text.Output.TrimEnd('\n').Split('\n').Length);
        JsonElement[] models = [.. JsonDocument.Parse(json.Output).RootElement.GetProperty("models").EnumerateArray()];
        Assert.Equal(["AlexNet", "DarkNet53", "SqueezeNet1_0", "SqueezeNet1_1", "VGG11", "VGG13", "VGG16", "VGG19"], models.Select(m => m.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_description_has_input_counts_and_every_node()
    {
        await using var home = new Home();

        Finished text = await home.RunAsync("models", "describe", "AlexNet");
        Finished json = await home.RunAsync("models", "describe", "AlexNet", "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.StartsWith("AlexNet: input ", text.Output, StringComparison.Ordinal);
        Assert.Contains("61,100,840", text.Output, StringComparison.Ordinal);
        Assert.Equal(61_100_840, JsonDocument.Parse(json.Output).RootElement.GetProperty("parameters").GetProperty("trainable").GetInt64());
    }

    [Fact]
    public async Task An_unknown_model_is_one_line_with_the_nearest_name()
    {
        await using var home = new Home();

        Finished describe = await home.RunAsync("models", "describe", "AlexNot");

        Assert.Equal(2, describe.ExitCode);
        Assert.Contains("AlexNet", Assert.Single(describe.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_built_in_FP16_with_its_conversion_and_its_parity()
    {
        await using var home = new Home(fakeWorker: false);
        string file = home.Beside("half.onnx");

        Finished built = await home.RunAsync("models", "build", "SqueezeNet1_1", "--precision", "fp16", "--out", file);
        Finished described = await home.RunAsync("models", "describe", file);

        Assert.True(built.ExitCode == 0, string.Join('\n', built.Errors));
        Assert.Contains("1,235,497 values; 0 saturated", built.Output, StringComparison.Ordinal);
        Assert.Contains("66 nodes in FP16, 0 in FP32, 2 casts", built.Output, StringComparison.Ordinal);
        Assert.Contains("parity with FP32 on 64 seeded inputs: top-1 agreement 64/64", built.Output, StringComparison.Ordinal);
        Assert.Contains("this CPU computes it as fp32(weights fp16-rounded)", built.Output, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!, "half.onnx*"));
        Assert.InRange(new FileInfo(file).Length, 2_400_000, 2_600_000);
        Assert.Equal(0, described.ExitCode);
        Assert.Contains("1,235,496", described.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_precision_is_refused_and_nothing_is_written()
    {
        await using var home = new Home(fakeWorker: false);

        Finished built = await home.RunAsync("models", "build", "SqueezeNet1_1", "--precision", "fp8", "--out", home.Beside("x.onnx"));

        Assert.Equal(2, built.ExitCode);
        Assert.Contains(built.Errors, line => line.Contains("fp8", StringComparison.Ordinal));
        Assert.False(File.Exists(home.Beside("x.onnx")));
    }
}
