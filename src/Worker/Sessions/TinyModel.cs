namespace Fleetmark.Worker.Sessions;

/// <summary>
/// ONNX models of a few dozen bytes, written here: a chain of operators without attributes from a float32 input <c>x</c> of rank 4, and a last <c>Flatten</c> to a
/// float32 output <c>y</c> of rank 2. Field numbers are those of <c>onnx.proto</c>.
/// </summary>
internal static class TinyModel
{
    private const int Float = 1;
    private const int IrVersion = 8;
    private const int Opset = 17;

    /// <summary>Shape of the input.</summary>
    internal static readonly int[] InputShape = [1, 1, 2, 2];

    /// <summary>The file.</summary>
    /// <param name="operators">Operators of one input and one output that keep the shape, such as <c>Relu</c>; none for a single <c>Flatten</c>.</param>
    internal static byte[] Bytes(params ReadOnlySpan<string> operators)
    {
        byte[] graph = [];
        string from = "x";
        for (int i = 0; i < operators.Length; i++)
        {
            string to = $"t{i}";
            graph = [.. graph, .. Message(1, Node(from, to, operators[i]))];
            from = to;
        }

        graph =
        [
            .. graph, .. Message(1, Node(from, "y", "Flatten")), .. Text(2, "tiny"),
            .. Message(11, Port("x", InputShape)), .. Message(12, Port("y", [1, 4])),
        ];
        return [.. Integer(1, IrVersion), .. Message(7, graph), .. Message(8, [.. Integer(2, Opset)])];
    }

    private static byte[] Node(string from, string to, string @operator) => [.. Text(1, from), .. Text(2, to), .. Text(4, @operator)];

    private static byte[] Port(string name, ReadOnlySpan<int> shape)
    {
        byte[] dimensions = [];
        foreach (int size in shape) dimensions = [.. dimensions, .. Message(1, Integer(1, size))];
        byte[] tensor = [.. Integer(1, Float), .. Message(2, dimensions)];
        return [.. Text(1, name), .. Message(2, Message(1, tensor))];
    }

    // Every number and length of these models is below 128: one byte each.
    private static byte[] Integer(int field, int value) => [(byte)(field << 3), (byte)value];

    private static byte[] Text(int field, string text) => Message(field, System.Text.Encoding.ASCII.GetBytes(text));

    private static byte[] Message(int field, byte[] body) => body.Length < 0x80
        ? [(byte)((field << 3) | 2), (byte)body.Length, .. body]
        : [(byte)((field << 3) | 2), (byte)(body.Length | 0x80), (byte)(body.Length >> 7), .. body];
}
