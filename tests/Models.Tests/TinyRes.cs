using Fleetmark.Models.Emission;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Onnx;
using Google.Protobuf;

namespace Fleetmark.Models.Tests;

/// <summary>A model the product does not know, as text, definition and file, and with changes.</summary>
internal static class TinyRes
{
    internal static string Yaml { get; } = TestData.Text("tiny-res.yaml");

    internal static ModelDefinition Definition { get; } = ModelDefinition.Read(Yaml, "tiny-res.yaml");

    /// <summary>The definition with a piece of its text replaced; the piece must stand there once.</summary>
    internal static string With(string piece, string replacement)
    {
        Assert.Equal(2, Yaml.Split(piece).Length);
        return Yaml.Replace(piece, replacement, StringComparison.Ordinal);
    }

    /// <summary>The same network under another name: another file.</summary>
    internal static ModelDefinition Named(string name) => ModelDefinition.Read(With("model: tiny-res", $"model: {name}"), $"{name}.yaml");

    /// <summary>The emitted file.</summary>
    internal static byte[] Bytes(ModelDefinition definition)
    {
        using var stream = new MemoryStream();
        OnnxEmitter.Emit(definition, stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    /// <summary>The emitted file after a change.</summary>
    internal static byte[] Changed(Action<ModelProto> change)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Bytes(Definition));
        change(model);
        return model.ToByteArray();
    }
}
