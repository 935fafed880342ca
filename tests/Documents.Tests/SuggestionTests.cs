using CsCheck;

namespace Fleetmark.Documents.Tests;

public sealed class SuggestionTests
{
    private static readonly string[] Models = ["AlexNet", "DarkNet53", "VGG11", "VGG13", "VGG16", "VGG19"];

    [Theory]
    [InlineData("alexnet", "AlexNet")]
    [InlineData("AlexNte", "AlexNet")]
    [InlineData("DarkNet", "DarkNet53")]
    [InlineData("VGG61", "VGG16")]
    [InlineData("VGG12", "VGG11")]
    [InlineData("ResNet50", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_found_when_it_is_near(string given, string? nearest) => Assert.Equal(nearest, Suggestion.Nearest(given, Models));

    [Fact]
    public void Without_a_near_word_all_are_listed() => Assert.Equal("known: t4, v100", Suggestion.Remedy("tpu-pod", ["t4", "v100"]));

    [Fact]
    public void With_nothing_known_there_is_no_remedy() => Assert.Equal("", Suggestion.Remedy("x", []));

    [Fact]
    public void A_word_is_nearest_to_itself() =>
        Gen.String[Gen.Char.AlphaNumeric, 1, 12].Array[1, 6].Sample(words => string.Equals(Suggestion.Nearest(words[^1], words), words[^1], StringComparison.OrdinalIgnoreCase));
}
