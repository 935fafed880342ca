using Fleetmark.Documents;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Fleetmark.Models.Onnx;

/// <summary>
/// Reads an ONNX file without its large tensor data: the file is untrusted and may have two gigabytes, of which checks and counts need
/// a few hundred kilobytes. Lengths, nesting and the memory for what is kept are bounded; data that is left out is compared with the
/// tensor's declared shape on the way.
/// </summary>
internal sealed class OnnxSkeleton
{
    /// <summary>Tensor data up to this size is kept: shapes, axes and the like.</summary>
    internal const int KeptDataBytes = 4096;

    /// <summary>Largest skeleton: the memory of its objects, estimated from above.</summary>
    internal const int MaximumBytes = 64 << 20;

    /// <summary>What the object of a message costs, empty lists included: an empty one has two bytes in the file.</summary>
    private const int MessageBytes = 256;

    /// <summary>What a text or a list costs beside its contents.</summary>
    private const int FieldBytes = 32;

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

    /// <summary>The model without large tensor data.</summary>
    /// <param name="file">A seekable stream at its start.</param>
    /// <param name="where">Its name in messages.</param>
    /// <exception cref="ProblemException">The file is no ONNX model, ends early, or exceeds a bound.</exception>
    internal static ModelProto Read(Stream file, string where)
    {
        var skeleton = new OnnxSkeleton(file, where);
        try
        {
            ModelProto model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(skeleton.Message(ModelProto.Descriptor, skeleton._reader.Length, 0));
            return model.IrVersion > 0 && model.Graph is { Node.Count: > 0 } ? model : throw skeleton.NotOnnx();
        }
        catch (InvalidProtocolBufferException)
        {
            throw skeleton.NotOnnx();
        }
    }

    private static bool IsData(MessageDescriptor kind, int field) => kind == TensorProto.Descriptor && field is TensorProto.FloatDataFieldNumber or TensorProto.Int32DataFieldNumber or TensorProto.StringDataFieldNumber
        or TensorProto.Int64DataFieldNumber or TensorProto.RawDataFieldNumber or TensorProto.DoubleDataFieldNumber or TensorProto.Uint64DataFieldNumber;

    /// <summary>False for what fills large graphs and tells checks and counts nothing: they infer types and shapes of inner tensors themselves.</summary>
    private static bool IsRead(MessageDescriptor kind, int field) => kind != GraphProto.Descriptor || field != GraphProto.ValueInfoFieldNumber;

    /// <summary>Bytes in memory for each in the file: small numbers of a packed list take one there, texts are UTF-16 here.</summary>
    private static int Growth(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Int64 or FieldType.Int32 or FieldType.UInt64 => sizeof(long),
        FieldType.String => sizeof(char),
        _ => 1,
    };

    /// <summary>One message up to <paramref name="end"/>, rewritten without large data and without fields that nothing reads.</summary>
    private byte[] Message(MessageDescriptor kind, long end, int depth)
    {
        Keep(MessageBytes);
        if (depth > MaximumDepth) throw Wrong("model-too-deep", $"graphs are nested deeper than {MaximumDepth} levels");
        using var kept = new MemoryStream();
        using var output = new CodedOutputStream(kept, leaveOpen: true);
        long? rawBytes = null;
        while (_reader.Position < end)
        {
            ulong tag = _reader.Varint() ?? throw Truncated();
            int field = (int)(tag >> 3);
            if (tag >> 3 is 0 or > int.MaxValue >> 3) throw NotOnnx();
            FieldDescriptor? known = IsRead(kind, field) ? kind.FindFieldByNumber(field) : null;
            switch ((WireFormat.WireType)(tag & 7))
            {
                case WireFormat.WireType.Varint:
                    ulong value = _reader.Varint() ?? throw Truncated();
                    if (kind == ModelProto.Descriptor && field == ModelProto.IrVersionFieldNumber) _sawFormatVersion = value is > 0 and < 1000;
                    if (known is null) break;
                    Keep(sizeof(long));
                    output.WriteTag((uint)tag);
                    output.WriteUInt64(value);
                    break;
                case WireFormat.WireType.Fixed32:
                    // Unpacked float data: an old but legal way to write a tensor. Its values are not needed.
                    if (known is null || IsData(kind, field)) _reader.Skip(Room(4, end));
                    else Copy((uint)tag, known, (int)Room(4, end), output, framed: false);
                    break;
                case WireFormat.WireType.Fixed64:
                    if (known is null) _reader.Skip(Room(8, end));
                    else Copy((uint)tag, known, (int)Room(8, end), output, framed: false);
                    break;
                case WireFormat.WireType.LengthDelimited:
                    long length = Room((long)Math.Min(_reader.Varint() ?? throw Truncated(), long.MaxValue), end);
                    if (kind == TensorProto.Descriptor && field == TensorProto.RawDataFieldNumber) rawBytes = length;
                    if (known is null || (IsData(kind, field) && length > KeptDataBytes)) _reader.Skip(length);
                    else if (known.FieldType == FieldType.Message) Nest((uint)tag, known.MessageType, length, depth, output);
                    else if (length > MaximumBytes) throw Wrong("model-too-large", $"a field of {length} bytes that is no tensor data");
                    else Copy((uint)tag, known, (int)length, output, framed: true);
                    break;
                default:
                    throw NotOnnx();
            }
        }

        if (_reader.Position > end) throw NotOnnx();
        output.Flush();
        byte[] bytes = kept.ToArray();
        if (kind == TensorProto.Descriptor && rawBytes is { } found) CheckData(bytes, found);
        return bytes;
    }

    private void Nest(uint tag, MessageDescriptor child, long length, int depth, CodedOutputStream output)
    {
        byte[] body = Message(child, _reader.Position + length, depth + 1);
        output.WriteTag(tag);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(body));
    }

    private void Copy(uint tag, FieldDescriptor field, int length, CodedOutputStream output, bool framed)
    {
        Keep(FieldBytes + ((long)length * Growth(field)));
        output.WriteTag(tag);
        byte[] body = _reader.Bytes(length);
        if (framed) output.WriteBytes(UnsafeByteOperations.UnsafeWrap(body));
        else if (length == 4) output.WriteFixed32(BitConverter.ToUInt32(body));
        else output.WriteFixed64(BitConverter.ToUInt64(body));
    }

    private void Keep(long bytes)
    {
        _kept += bytes;
        if (_kept > MaximumBytes) throw Wrong("model-too-large", $"the graph needs more than {MaximumBytes} bytes of memory beside tensor data");
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
