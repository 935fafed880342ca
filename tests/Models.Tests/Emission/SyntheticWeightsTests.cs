using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fleetmark.Models.Emission;
using Fleetmark.Models.Zoo;

namespace Fleetmark.Models.Tests.Emission;

public sealed class SyntheticWeightsTests
{
    [Theory]
    [InlineData("AlexNet", "conv1.weight", "3b38af37 bd80ca42 3d8a1efa", "d6bf220e0aacbb4b9e9bfeb1d87ab57cba6c5e6e2fdbad1b5d28cc9b35d20c9b")]
    [InlineData("AlexNet", "fc8.bias", "3b214085 bab927b8 3bf626d2", "7e5a4363e5b739d6d0f0e8077a761e789f412622a15d8f772005afb6bdf6089f")]
    [InlineData("DarkNet53", "s3b4_c2.weight", "3d41960a 3cbc7ce5 bb4c853c", "43852e1f2092fca0f6002e081e767091ecfe6b43976c2a597b76790232a763c3")]
    public void Recipe_gives_the_reference_bytes(string model, string name, string firstBits, string sha256)
    {
        PlannedTensor tensor = GraphPlan.Of(ModelZoo.BuiltIn.Find(model, "")).Tensors.Single(t => t.Name == name);
        byte[] bytes = new byte[tensor.Bytes];
        SyntheticWeights.Fill(SyntheticWeights.Seed(model, name), 0, tensor.Amplitude!.Value, bytes);
        Assert.Equal(firstBits, string.Join(' ', MemoryMarshal.Cast<byte, uint>(bytes)[..3].ToArray().Select(bits => $"{bits:x8}")));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void A_tensor_filled_in_pieces_equals_one_filled_at_once()
    {
        ulong seed = SyntheticWeights.Seed("net", "a.weight");
        byte[] whole = new byte[4 * 1000], pieces = new byte[4 * 1000];
        SyntheticWeights.Fill(seed, 0, 0.5f, whole);
        SyntheticWeights.Fill(seed, 700, 0.5f, pieces.AsSpan(2800));
        SyntheticWeights.Fill(seed, 0, 0.5f, pieces.AsSpan(0, 2800));
        Assert.Equal(whole, pieces);
    }
}
