using System.Runtime.InteropServices;

namespace Fleetmark.Worker.Sessions;

/// <summary>ONNX models of a few dozen bytes, written here. Input <c>x</c> and output <c>y</c> are float32. Field numbers are those of <c>onnx.proto</c>.</summary>
internal static class TinyModel
{
    private const int Float = 1;
    private const int IrVersion = 8;
    private const int Opset = 17;
    private const int IntegersAttribute = 7;

    /// <summary>Shape of the input of <see cref="Bytes"/>.</summary>
    internal static readonly int[] InputShape = [1, 1, 2, 2];

    /// <summary>Shape of the input of <see cref="Convolution"/>.</summary>
    internal static readonly int[] ConvolutionShape = [1, ConvolutionChannels, ConvolutionSize, ConvolutionSize];

    /// <summary>Place in the output of <see cref="Convolution"/> that no border reaches.</summary>
    internal const int ConvolutionMiddle = (ConvolutionSize / 2 * ConvolutionSize) + (ConvolutionSize / 2);

    private const int ConvolutionChannels = 8;
    private const int ConvolutionSize = 8;
    private const int KernelSize = 3;

    /// <summary>A chain of operators from an input of rank 4, and a last <c>Flatten</c> to an output of rank 2.</summary>
    /// <param name="operators">Operators of one input and one output that keep the shape, such as <c>Relu</c>; none for a single <c>Flatten</c>.</param>
    internal static byte[] Bytes(params ReadOnlySpan<string> operators)
    {
        byte[] nodes = [];
        string from = "x";
        for (int i = 0; i < operators.Length; i++)
        {
            string to = $"t{i}";
            nodes = [.. nodes, .. Node(operators[i], to, from)];
            from = to;
        }

        return Model([.. nodes, .. Node("Flatten", "y", from)], InputShape, [1, 4]);
    }

    /// <summary>Convolution, Relu, Flatten: what needs kernels of the device's own architecture. All weights are 1 / (channels × kernel²), so an input of ones gives ones in the middle.</summary>
    internal static byte[] Convolution()
    {
        int[] weights = [ConvolutionChannels, ConvolutionChannels, KernelSize, KernelSize];
        float[] values = new float[ConvolutionChannels * ConvolutionChannels * KernelSize * KernelSize];
        Array.Fill(values, 1f / (ConvolutionChannels * KernelSize * KernelSize));
        byte[] initializer = Message(5, [.. Dimensions(1, weights), .. Integer(2, Float), .. Text(8, "w"), .. Message(9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray())]);
        byte[] pads = Message(5, [.. Text(1, "pads"), .. Dimensions(8, [1, 1, 1, 1]), .. Integer(20, IntegersAttribute)]);
        byte[] convolution = Message(1, [.. Text(1, "x"), .. Text(1, "w"), .. Text(2, "c"), .. Text(4, "Conv"), .. pads]);
        return Model(
            [.. convolution, .. Node("Relu", "r", "c"), .. Node("Flatten", "y", "r"), .. initializer],
            ConvolutionShape,
            [1, ConvolutionChannels * ConvolutionSize * ConvolutionSize]);
    }

    /// <summary>One <c>Identity</c>: the output is the input, of the same shape.</summary>
    internal static byte[] Copy(ReadOnlySpan<int> shape) => Model(Node("Identity", "y", "x"), shape, shape);

    private static byte[] Model(byte[] graph, ReadOnlySpan<int> input, ReadOnlySpan<int> output)
    {
        byte[] whole = [.. graph, .. Text(2, "tiny"), .. Message(11, Port("x", input)), .. Message(12, Port("y", output))];
        return [.. Integer(1, IrVersion), .. Message(7, whole), .. Message(8, Integer(2, Opset))];
    }

    private static byte[] Node(string @operator, string to, string from) => Message(1, [.. Text(1, from), .. Text(2, to), .. Text(4, @operator)]);

    private static byte[] Port(string name, ReadOnlySpan<int> shape)
    {
        byte[] dimensions = [];
        foreach (int size in shape) dimensions = [.. dimensions, .. Message(1, Integer(1, size))];
        byte[] tensor = [.. Integer(1, Float), .. Message(2, dimensions)];
        return [.. Text(1, name), .. Message(2, Message(1, tensor))];
    }

    private static byte[] Dimensions(int field, ReadOnlySpan<int> sizes)
    {
        byte[] all = [];
        foreach (int size in sizes) all = [.. all, .. Integer(field, size)];
        return all;
    }

    private static byte[] Text(int field, string text) => Message(field, System.Text.Encoding.ASCII.GetBytes(text));

    private static byte[] Integer(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Message(int field, byte[] body) => [.. Varint((field << 3) | 2), .. Varint(body.Length), .. body];

    private static byte[] Varint(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];
}
