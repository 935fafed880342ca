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
}
