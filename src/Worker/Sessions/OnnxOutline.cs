using System.Text;

namespace Fleetmark.Worker.Sessions;

/// <summary>
/// What has to be known of an ONNX file before the runtime opens it: its inputs, and whether a tensor lies in another file. Reads the framing only and steps over
/// weights, so a file of half a gigabyte costs a few pages. Field numbers are those of <c>onnx.proto</c>.
/// </summary>
internal sealed class OnnxOutline
{
    private const int DeepestGraph = 16;
    private const int ExternalLocation = 1;

    private readonly List<OnnxInput> _inputs = [];
    private readonly HashSet<string> _initializers = new(StringComparer.Ordinal);

    private OnnxOutline()
    {
    }

    /// <summary>Inputs that are not initializers, in their order.</summary>
    internal IEnumerable<OnnxInput> Inputs => _inputs.Where(input => !_initializers.Contains(input.Name));

    /// <summary>Name of a tensor whose data lies in another file; null when there is none.</summary>
    internal string? ExternalTensor { get; private set; }

    /// <summary>
    /// True when every constant of the graph is a float32, or an integer such as shapes are made of, and nothing is cast to a shorter format: then it can compute in FP32
    /// only.
    /// </summary>
    internal bool IsSingle { get; private set; } = true;

    /// <summary>Reads an outline.</summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    internal static OnnxOutline Read(Stream file)
    {
        var outline = new OnnxOutline();
        bool graph = false;
        foreach (Field field in Fields(file, file.Length))
        {
            if (field.Is(7)) outline.Graph(file, field, isMain: true, depth: 0);
            else if (field.Is(25)) outline.Function(file, field);
            graph |= field.Is(7);
        }

        return graph ? outline : throw new InvalidDataException("there is no graph in it");
    }

    private void Graph(Stream file, Field graph, bool isMain, int depth)
    {
        if (depth > DeepestGraph) throw new InvalidDataException("graphs are nested too deep");
        foreach (Field field in Fields(file, graph.End))
        {
            if (field.Is(1)) Node(file, field, depth);
            else if (field.Is(5)) Tensor(file, field, isMain);
            else if (field.Is(11) && isMain) _inputs.Add(Input(file, field));
            else if (field.Is(15)) SparseTensor(file, field);
        }
    }

    private void Function(Stream file, Field function)
    {
        foreach (Field field in Fields(file, function.End))
            if (field.Is(7)) Node(file, field, depth: 0);
    }

    private void Node(Stream file, Field node, int depth)
    {
        foreach (Field field in Fields(file, node.End))
            if (field.Is(5)) Attribute(file, field, depth);
    }

    private void Attribute(Stream file, Field attribute, int depth)
    {
        string name = "";
        ulong number = 0;
        foreach (Field field in Fields(file, attribute.End))
        {
            if (field.Is(1)) name = Text(file, field);
            else if (field is { IsMessage: false, Number: 3 }) number = field.Value;
            if (field.Is(5) || field.Is(10)) Tensor(file, field, isMain: false);
            else if (field.Is(6) || field.Is(11)) Graph(file, field, isMain: false, depth + 1);
            else if (field.Is(22) || field.Is(23)) SparseTensor(file, field);
        }

        if (name == "to") IsSingle &= IsSingleType(number);
    }

    private void SparseTensor(Stream file, Field sparse)
    {
        foreach (Field field in Fields(file, sparse.End))
            if (field.Is(1) || field.Is(2)) Tensor(file, field, isMain: false);
    }

    private void Tensor(Stream file, Field tensor, bool isMain)
    {
        string name = "";
        bool external = false;
        foreach (Field field in Fields(file, tensor.End))
        {
            if (field.Is(8)) name = Text(file, field);
            else if (field is { IsMessage: false, Number: 2 }) IsSingle &= IsSingleType(field.Value);
            external |= field.Is(13) || (field.Number == 14 && field.Value == ExternalLocation);
        }

        if (external) ExternalTensor ??= name;
        if (isMain) _initializers.Add(name);
    }

    /// <summary>FLOAT, INT32, INT64, STRING and BOOL in <c>TensorProto.DataType</c>.</summary>
    private static bool IsSingleType(ulong type) => type is 1 or 6 or 7 or 8 or 9;

    private static OnnxInput Input(Stream file, Field value)
    {
        string name = "";
        var dimensions = new List<string>();
        foreach (Field field in Fields(file, value.End))
        {
            if (field.Is(1)) name = Text(file, field);
            else if (field.Is(2)) Type(file, field, dimensions);
        }

        return new OnnxInput(name, dimensions);
    }

    private static void Type(Stream file, Field type, List<string> dimensions)
    {
        foreach (Field tensor in Fields(file, type.End).Where(field => field.Is(1)))
            foreach (Field shape in Fields(file, tensor.End).Where(field => field.Is(2)))
                foreach (Field dimension in Fields(file, shape.End).Where(field => field.Is(1)))
                    dimensions.Add(FreeName(file, dimension));
    }

    /// <summary>Name of a free dimension; empty for a fixed or nameless one.</summary>
    private static string FreeName(Stream file, Field dimension)
    {
        string name = "";
        foreach (Field field in Fields(file, dimension.End))
            if (field.Is(2)) name = Text(file, field);
        return name;
    }

    private static string Text(Stream file, Field field)
    {
        if (field.End - field.Begin > 1 << 16) throw new InvalidDataException("a name is too long");
        byte[] bytes = new byte[field.End - field.Begin];
        file.Position = field.Begin;
        file.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The fields from the current position to <paramref name="end"/>; each begins where the one before ended, whatever was read in between.</summary>
    private static IEnumerable<Field> Fields(Stream file, long end)
    {
        long at = file.Position;
        while (at < end)
        {
            file.Position = at;
            ulong tag = Varint(file);
            int number = (int)Math.Min(tag >> 3, int.MaxValue);
            Field field = (tag & 7) switch
            {
                0 => new Field(number, Varint(file), file.Position, file.Position, IsMessage: false),
                1 => new Field(number, 0, file.Position, file.Position + sizeof(ulong), IsMessage: false),
                2 => Delimited(file, number),
                5 => new Field(number, 0, file.Position, file.Position + sizeof(uint), IsMessage: false),
                _ => throw new InvalidDataException("it is no protocol buffer"),
            };
            if (number == 0 || field.End > end || field.End < field.Begin) throw new InvalidDataException("it is no protocol buffer, or cut off");
            file.Position = field.Begin;
            yield return field;
            at = field.End;
        }
    }

    private static Field Delimited(Stream file, int number)
    {
        ulong length = Varint(file);
        if (length > int.MaxValue) throw new InvalidDataException("it is no protocol buffer");
        return new Field(number, 0, file.Position, file.Position + (long)length, IsMessage: true);
    }

    private static ulong Varint(Stream file)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int next = file.ReadByte();
            if (next < 0) throw new InvalidDataException("it is cut off");
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        throw new InvalidDataException("it is no protocol buffer");
    }

    private sealed record Field(int Number, ulong Value, long Begin, long End, bool IsMessage)
    {
        internal bool Is(int number) => IsMessage && Number == number;
    }
}
