using System.Text;

namespace Fleetmark.EndToEnd.Plans;

/// <summary>Changes to ONNX files, as bytes: the format is protobuf, where a message that comes twice is one message.</summary>
internal static class OnnxBytes
{
    private const int GraphOfModel = 7;
    private const int InitializerOfGraph = 5;
    private const int NameOfTensor = 8;
    private const int ExternalDataOfTensor = 13;

    /// <summary><c>data_location = EXTERNAL</c>: field 14, varint 1.</summary>
    private static readonly byte[] IsExternal = [14 << 3, 1];

    /// <summary>Appended to a model: one more initializer, whose data are in another file.</summary>
    internal static byte[] ExternalInitializer(string location) =>
        Field(GraphOfModel, Field(InitializerOfGraph, [.. Text(NameOfTensor, "outside"), .. IsExternal, .. Field(ExternalDataOfTensor, [.. Text(1, "location"), .. Text(2, location)])]));

    /// <summary>The model with its first rectifier computed by an operation that is standard and that nobody counts.</summary>
    internal static byte[] WithUncountedOperation(byte[] model)
    {
        byte[] changed = [.. model];
        int at = changed.AsSpan().IndexOf(Text(4, "Relu"));
        Assert.True(at >= 0, "the model has no rectifier");
        Text(4, "Sinh").CopyTo(changed, at);
        return changed;
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] content)
    {
        Assert.InRange(content.Length, 0, 127); // lengths of one byte do
        return [(byte)((field << 3) | 2), (byte)content.Length, .. content];
    }
}
