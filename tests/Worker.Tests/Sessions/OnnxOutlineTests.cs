using CsCheck;
using Fleetmark.Worker.Sessions;

namespace Fleetmark.Worker.Tests.Sessions;

public sealed class OnnxOutlineTests(ModelFolder models) : IClassFixture<ModelFolder>
{
    private static OnnxOutline Read(byte[] bytes) => OnnxOutline.Read(new MemoryStream(bytes));

    [Fact]
    public void Inputs_and_their_free_dimensions_are_found()
    {
        using FileStream file = File.OpenRead(models.At("small.onnx"));
        OnnxOutline outline = OnnxOutline.Read(file);
        OnnxInput input = Assert.Single(outline.Inputs);
        Assert.Equal("x", input.Name);
        Assert.Equal(["N", "", "", ""], input.FreeDimensions);
        Assert.Null(outline.ExternalTensor);
    }

    [Theory]
    [InlineData("3a072a05420177" + "7001", "an initializer by location")]
    [InlineData("3a072a05420177" + "6a00", "an initializer by its entries")]
    [InlineData("3a0b0a092a072a05420177" + "7001", "a constant of a node")]
    [InlineData("3a0b0a092a075205420177" + "7001", "one of the tensors of a node")]
    [InlineData("3a0f0a0d2a0b32090a072a05" + "0a00420177", null)]
    [InlineData("3a0f0a0d2a0b32092a07" + "70016a00420177", "an initializer of a subgraph")]
    [InlineData("3a097a070a05420177" + "7001", "values of a sparse initializer")]
    [InlineData("3a00ca010b3a092a072a05420177" + "7001", "a constant of a function")]
    public void Tensors_in_other_files_are_found_wherever_they_hide(string hex, string? where)
    {
        OnnxOutline outline = Read(Convert.FromHexString(hex));
        Assert.Equal(where is null ? null : "w", outline.ExternalTensor);
    }

    [Theory]
    [InlineData("3a062a04100142" + "00", true, "a float32 initializer")]
    [InlineData("3a062a04100742" + "00", true, "an int64 initializer")]
    [InlineData("3a062a04100a42" + "00", false, "an FP16 initializer")]
    [InlineData("3a062a04100242" + "00", false, "a uint8 initializer")]
    [InlineData("3a062a04100342" + "00", false, "an int8 initializer")]
    [InlineData("3a0a0a082a062a04100a42" + "00", false, "an FP16 constant of a node")]
    [InlineData("3a0a0a082a060a02746f18" + "0a", false, "a cast to FP16")]
    [InlineData("3a0a0a082a060a02746f18" + "01", true, "a cast to float32")]
    [InlineData("3a0a0a082a060a02786f18" + "0a", true, "another attribute")]
    public void A_graph_of_other_formats_than_FP32_is_told_apart(string hex, bool isSingle, string what) =>
        Assert.True(Read(Convert.FromHexString(hex)).IsSingle == isSingle, what);

    [Theory]
    [InlineData("")]
    [InlineData("0807")]
    [InlineData("3a05")]
    [InlineData("3a7f00")]
    [InlineData("3bffff")]
    [InlineData("00")]
    [InlineData("3affffffffffffffffff01")]
    [InlineData("ffffffffffffffffffffffffff")]
    public void What_is_no_model_is_refused(string hex) => Assert.Throws<InvalidDataException>(() => Read(Convert.FromHexString(hex)));

    [Fact]
    public void Mutated_models_are_read_or_refused_but_nothing_else()
    {
        byte[] model = File.ReadAllBytes(models.At("small.onnx"));
        Gen.Select(Gen.Select(Gen.Int[0, model.Length - 1], Gen.Byte).Array[1, 6], Gen.Int[0, model.Length]).Sample((changes, cut) =>
        {
            byte[] bytes = [.. model];
            foreach ((int at, byte value) in changes) bytes[at] = value;
            try
            {
                _ = Read(bytes[..cut]).Inputs.Count();
            }
            catch (InvalidDataException)
            {
                // Refused in the words for it.
            }
        });
    }
}
