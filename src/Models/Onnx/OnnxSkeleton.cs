using Fleetmark.Documents;
using Google.Protobuf;

namespace Fleetmark.Models.Onnx;

/// <summary>
/// Reads an ONNX file without its large tensor data: the file is untrusted and may have two gigabytes, of which checks and counts need
/// a few hundred kilobytes. Lengths, nesting and the size of what is kept are bounded; data that is left out is compared with the
/// tensor's declared shape on the way.
/// </summary>
internal sealed class OnnxSkeleton
{
    /// <summary>Tensor data up to this size is kept: shapes, axes and the like.</summary>
    internal const int KeptDataBytes = 4096;

    /// <summary>Largest skeleton.</summary>
    internal const int MaximumBytes = 64 << 20;

    private const int MaximumDepth = 40;

    private readonly WireReader _reader;
    private readonly string _where;
    private long _kept;
    private bool _sawFormatVersion;

    private OnnxSkeleton(Stream file, string where)
    {
        _reader = new WireReader(file);
        _where = where;
    }

    /// <summary>The kinds of message that may hold tensors, directly or deeper.</summary>
    private enum Kind
    {
        Other,
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        Sparse,
        Function,
        Training,
    }

    /// <summary>The model without large tensor data.</summary>
    /// <param name="file">A seekable stream at its start.</param>
    /// <param name="where">Its name in messages.</param>
    /// <exception cref="ProblemException">The file is no ONNX model, ends early, or exceeds a bound.</exception>
    internal static ModelProto Read(Stream file, string where)
    {
        var skeleton = new OnnxSkeleton(file, where);
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(skeleton.Message(Kind.Model, skeleton._reader.Length, 0));
            return model.IrVersion > 0 && model.Graph is { Node.Count: > 0 } ? model : throw skeleton.NotOnnx();
        }
        catch (InvalidProtocolBufferException)
        {
            throw skeleton.NotOnnx();
        }
    }

    private static Kind Child(Kind parent, int field) => (parent, field) switch
    {
        (Kind.Model, ModelProto.GraphFieldNumber) => Kind.Graph,
        (Kind.Model, ModelProto.FunctionsFieldNumber) => Kind.Function,
        (Kind.Model, ModelProto.TrainingInfoFieldNumber) => Kind.Training,
        (Kind.Training, _) => Kind.Graph,
        (Kind.Graph, GraphProto.NodeFieldNumber) => Kind.Node,
        (Kind.Graph, GraphProto.InitializerFieldNumber) => Kind.Tensor,
        (Kind.Graph, GraphProto.SparseInitializerFieldNumber) => Kind.Sparse,
        (Kind.Function, FunctionProto.NodeFieldNumber) => Kind.Node,
        (Kind.Function, FunctionProto.AttributeProtoFieldNumber) => Kind.Attribute,
        (Kind.Node, NodeProto.AttributeFieldNumber) => Kind.Attribute,
        (Kind.Attribute, AttributeProto.TFieldNumber or AttributeProto.TensorsFieldNumber) => Kind.Tensor,
        (Kind.Attribute, AttributeProto.GFieldNumber or AttributeProto.GraphsFieldNumber) => Kind.Graph,
        (Kind.Attribute, AttributeProto.SparseTensorFieldNumber or AttributeProto.SparseTensorsFieldNumber) => Kind.Sparse,
        (Kind.Sparse, SparseTensorProto.ValuesFieldNumber or SparseTensorProto.IndicesFieldNumber) => Kind.Tensor,
        _ => Kind.Other,
    };

    private static bool IsData(int field) => field is TensorProto.FloatDataFieldNumber or TensorProto.Int32DataFieldNumber or TensorProto.StringDataFieldNumber
        or TensorProto.Int64DataFieldNumber or TensorProto.RawDataFieldNumber or TensorProto.DoubleDataFieldNumber or TensorProto.Uint64DataFieldNumber;

    /// <summary>One message up to <paramref name="end"/>, rewritten without large data.</summary>
    private byte[] Message(Kind kind, long end, int depth)
    {
        if (depth > MaximumDepth) throw Wrong("model-too-deep", $"graphs are nested deeper than {MaximumDepth} levels");
        using var kept = new MemoryStream();
        using var output = new CodedOutputStream(kept, leaveOpen: true);
        long? rawBytes = null;
        while (_reader.Position < end)
        {
            ulong tag = _reader.Varint() ?? throw Truncated();
            int field = (int)(tag >> 3);
            if (tag >> 3 is 0 or > int.MaxValue >> 3) throw NotOnnx();
            switch ((WireFormat.WireType)(tag & 7))
            {
                case WireFormat.WireType.Varint:
                    ulong value = _reader.Varint() ?? throw Truncated();
                    if (kind == Kind.Model && field == ModelProto.IrVersionFieldNumber) _sawFormatVersion = value is > 0 and < 1000;
                    Keep(12);
                    output.WriteTag((uint)tag);
                    output.WriteUInt64(value);
                    break;
                case WireFormat.WireType.Fixed32:
                    // Unpacked float data: an old but legal way to write a tensor. Its values are not needed.
                    if (kind == Kind.Tensor && IsData(field)) _reader.Skip(Room(4, end));
                    else Copy((uint)tag, (int)Room(4, end), output, framed: false);
                    break;
                case WireFormat.WireType.Fixed64:
                    Copy((uint)tag, (int)Room(8, end), output, framed: false);
                    break;
                case WireFormat.WireType.LengthDelimited:
                    long length = Room((long)Math.Min(_reader.Varint() ?? throw Truncated(), long.MaxValue), end);
                    if (kind == Kind.Tensor && field == TensorProto.RawDataFieldNumber) rawBytes = length;
                    if (kind == Kind.Tensor && IsData(field) && length > KeptDataBytes) _reader.Skip(length);
                    else if (Child(kind, field) is var child and not Kind.Other) Nest((uint)tag, child, length, depth, output);
                    else if (length > MaximumBytes) throw Wrong("model-too-large", $"a field of {length} bytes that is no tensor data");
                    else Copy((uint)tag, (int)length, output, framed: true);
                    break;
                default:
                    throw NotOnnx();
            }
        }

        if (_reader.Position > end) throw NotOnnx();
        output.Flush();
        byte[] bytes = kept.ToArray();
        if (kind == Kind.Tensor && rawBytes is { } found) CheckData(bytes, found);
        return bytes;
    }

    private void Nest(uint tag, Kind child, long length, int depth, CodedOutputStream output)
    {
        byte[] body = Message(child, _reader.Position + length, depth + 1);
        output.WriteTag(tag);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(body));
    }

    private void Copy(uint tag, int length, CodedOutputStream output, bool framed)
    {
        Keep(length + 8);
        output.WriteTag(tag);
        byte[] body = _reader.Bytes(length);
        if (framed) output.WriteBytes(UnsafeByteOperations.UnsafeWrap(body));
        else if (length == 4) output.WriteFixed32(BitConverter.ToUInt32(body));
        else output.WriteFixed64(BitConverter.ToUInt64(body));
    }

    private void Keep(long bytes)
    {
        _kept += bytes;
        if (_kept > MaximumBytes) throw Wrong("model-too-large", $"more than {MaximumBytes} bytes beside tensor data");
    }

    /// <summary>A length, checked against the message around it and the file.</summary>
    private long Room(long length, long end)
    {
        if (_reader.Position + length > _reader.Length || length < 0) throw Truncated();
        return _reader.Position + length <= end ? length : throw NotOnnx();
    }

    private void CheckData(byte[] tensorBytes, long found)
    {
        TensorProto tensor = TensorProto.Parser.ParseFrom(tensorBytes);
        int size = ElementTypes.Bytes(tensor.DataType);
        if (size == 0) return;
        Int128 expected = size;
        foreach (long dimension in tensor.Dims)
        {
            if (dimension < 0 || expected > long.MaxValue) throw Wrong("model-tensor", $"tensor '{tensor.Name}' has the impossible shape [{string.Join(", ", tensor.Dims)}]");
            expected *= dimension;
        }

        if (expected != found)
            throw Wrong("model-tensor", $"tensor '{tensor.Name}' [{string.Join(", ", tensor.Dims)}]: expected {expected} bytes of data, found {found}");
    }

    private ProblemException Truncated() => _sawFormatVersion
        ? Wrong("model-truncated", $"the file ends after {_reader.Length} bytes in the middle of the model", "it was cut off: copy or export it again")
        : NotOnnx();

    private ProblemException NotOnnx() => Wrong("model-not-onnx", "the file is no ONNX model", "export the model as ONNX");

    private ProblemException Wrong(string code, string what, string remedy = "") => new(new Problem(code, _where, what, remedy));
}
