using Fleetmark.Models.Descriptions;
using Fleetmark.Models.Imported;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Models.Tests.Descriptions;

public sealed class ModelDescriptionTests
{
    [Fact]
    public void The_list_of_built_in_models_keeps_its_form() => GoldenFile.Compare("models-list.json", ModelList.Of(ModelZoo.BuiltIn).ToJson());

    [Theory]
    [InlineData("AlexNet")]
    [InlineData("DarkNet53")]
    public void The_description_of_a_built_in_model_keeps_its_form(string name) =>
        GoldenFile.Compare($"describe-{name}.json", ModelDescription.Of(ModelZoo.BuiltIn.Find(name, "")).ToJson());

    [Fact]
    public void The_description_of_a_new_model_keeps_its_form() => GoldenFile.Compare("describe-tiny-res.json", ModelDescription.Of(TinyRes.Definition).ToJson());

    [Fact]
    public void The_description_of_a_file_keeps_its_form()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("trained.onnx", TinyRes.Bytes(TinyRes.Definition));
        GoldenFile.Compare("describe-file.json", ModelDescription.Of(ImportedModel.Open(path, ImportExpectation.Nothing, TestContext.Current.CancellationToken)).ToJson());
    }
}
