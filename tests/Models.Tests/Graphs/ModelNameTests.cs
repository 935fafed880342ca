using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Tests.Graphs;

public sealed class ModelNameTests
{
    [Theory]
    [InlineData("VGG16")]
    [InlineData("my-net_v1.5")]
    [InlineData("3d")]
    public void Plain_names_are_allowed(string name) => Assert.Null(ModelName.Check(name, ""));

    [Theory]
    [InlineData("")]
    [InlineData("-net")]
    [InlineData(".net")]
    [InlineData("my net")]
    [InlineData("a/b")]
    [InlineData("模型")]
    [InlineData("net.JSON")]
    [InlineData("net.html")]
    [InlineData("a1234567890123456789012345678901234567890123456789012345678901234")]
    public void Names_that_an_address_or_a_file_could_not_carry_are_refused(string name) => Assert.Equal("model-name", ModelName.Check(name, "")!.Code);

    [Theory]
    [InlineData("VGG16", "VGG")]
    [InlineData("SqueezeNet1_0", "SqueezeNet")]
    [InlineData("AlexNet", "AlexNet")]
    [InlineData("res-50", "res")]
    [InlineData("3d", "3d")]
    public void Family_is_the_name_up_to_the_first_digit(string name, string family) => Assert.Equal(family, ModelName.Family(name));
}
