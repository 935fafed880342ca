using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fleetmark.Documents;
using Fleetmark.Models.Graphs;
using Fleetmark.Models.Onnx;
using Google.Protobuf;

namespace Fleetmark.Models.Emission;

/// <summary>
/// Writes a definition as an ONNX file with synthetic weights. The bytes depend on the definition, the weights recipe and
/// <see cref="Version"/> alone, so their digest is the same on every machine. Memory does not depend on the model's size.
/// </summary>
public static class OnnxEmitter
{
    /// <summary>Raised whenever emitted bytes change.</summary>
    public const int Version = 1;

    /// <summary>Operator set of emitted files.</summary>
    public const int Opset = 17;

    /// <summary>Format version of emitted files; the oldest consumers that matter read it.</summary>
    public const int IrVersion = 8;

    /// <summary>Name of the weights recipe.</summary>
    public const string WeightsRecipe = SyntheticWeights.Recipe;

    /// <summary>Largest file, in bytes: below the 2 GB of a protobuf message.</summary>
    public const long MaximumBytes = 1_900_000_000;

    private const int BlockValues = 1 << 20;
    private const int SliceValues = 1 << 16;

    /// <summary>Size of the file, in bytes, without making it.</summary>
    /// <exception cref="ProblemException">The file would exceed <see cref="MaximumBytes"/>.</exception>
    public static long Size(ModelDefinition definition) => new Layout(definition).FileBytes;

    /// <summary>Writes the file.</summary>
    /// <exception cref="ProblemException">The file would exceed <see cref="MaximumBytes"/>; nothing was written.</exception>
    public static void Emit(ModelDefinition definition, Stream target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(target);
        var layout = new Layout(definition);
        var buffered = new BufferedStream(target, 1 << 16);
        var writer = new WireWriter(buffered);
        writer.Integer(ModelProto.IrVersionFieldNumber, IrVersion);
        writer.Bytes(ModelProto.ProducerNameFieldNumber, Layout.Producer);
        writer.Open(ModelProto.GraphFieldNumber, layout.GraphBytes);
        foreach (NodeProto node in layout.Plan.Nodes) writer.Message(GraphProto.NodeFieldNumber, node);
        writer.Bytes(GraphProto.NameFieldNumber, layout.GraphName);
        byte[] block = new byte[BlockValues * sizeof(float)];
        foreach (PlannedTensor tensor in layout.Plan.Tensors) Write(writer, definition.Name, tensor, block, cancel);
        writer.Message(GraphProto.InputFieldNumber, layout.Input);
        writer.Message(GraphProto.OutputFieldNumber, layout.Output);
        writer.Message(ModelProto.OpsetImportFieldNumber, Layout.OperatorSet);
        foreach (StringStringEntryProto entry in layout.Metadata) writer.Message(ModelProto.MetadataPropsFieldNumber, entry);
        buffered.Flush();
    }

    /// <summary>Digest of the file, without writing it anywhere: about a second per 100 million weights.</summary>
    public static Digest Digest(ModelDefinition definition, CancellationToken cancel)
    {
        using var sha256 = SHA256.Create();
        using (var hashing = new CryptoStream(Stream.Null, sha256, CryptoStreamMode.Write)) Emit(definition, hashing, cancel);
        return Models.Digest.FromBytes(sha256.Hash);
    }

    private static void Write(WireWriter writer, string model, PlannedTensor tensor, byte[] block, CancellationToken cancel)
    {
        byte[] header = Layout.Header(tensor);
        writer.Open(GraphProto.InitializerFieldNumber, Layout.TensorBytes(tensor, header));
        writer.Raw(header);
        writer.Open(TensorProto.RawDataFieldNumber, tensor.Bytes);
        ulong seed = SyntheticWeights.Seed(model, tensor.Name);
        for (long first = 0; first < tensor.Elements; first += BlockValues)
        {
            int count = (int)Math.Min(BlockValues, tensor.Elements - first);
            Fill(tensor, seed, first, block, count, cancel);
            writer.Raw(block.AsSpan(0, count * sizeof(float)));
        }
    }

    private static void Fill(PlannedTensor tensor, ulong seed, long first, byte[] block, int count, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (count <= SliceValues) FillSlice(0);
        else Parallel.For(0, (count + SliceValues - 1) / SliceValues, new ParallelOptions { CancellationToken = cancel }, FillSlice);

        void FillSlice(int slice)
        {
            int start = slice * SliceValues, length = Math.Min(SliceValues, count - start);
            Span<byte> target = block.AsSpan(start * sizeof(float), length * sizeof(float));
            if (tensor.Amplitude is { } amplitude) SyntheticWeights.Fill(seed, first + start, amplitude, target);
            else SyntheticWeights.Fill(tensor.Value, target);
        }
    }

    /// <summary>Everything of a file but its tensor data, and all sizes, which protobuf wants before the bodies.</summary>
    private sealed class Layout
    {
        internal Layout(ModelDefinition definition)
        {
            ArgumentNullException.ThrowIfNull(definition);
            Plan = GraphPlan.Of(definition);
            GraphName = Encoding.UTF8.GetBytes(definition.Name);
            Input = Port(definition.InputName, definition.Input);
            Output = Port(definition.OutputName, definition.Nodes[^1].Output);
            Metadata =
            [
                new StringStringEntryProto { Key = "fleetmark.definition", Value = definition.Digest.Hex },
                new StringStringEntryProto { Key = "fleetmark.emitter", Value = Version.ToString(CultureInfo.InvariantCulture) },
                new StringStringEntryProto { Key = "fleetmark.weights", Value = WeightsRecipe },
            ];
            GraphBytes = Plan.Nodes.Sum(n => WireWriter.Size(GraphProto.NodeFieldNumber, n.CalculateSize()))
                + WireWriter.Size(GraphProto.NameFieldNumber, GraphName.Length)
                + Plan.Tensors.Sum(t => WireWriter.Size(GraphProto.InitializerFieldNumber, TensorBytes(t, Header(t))))
                + WireWriter.Size(GraphProto.InputFieldNumber, Input.CalculateSize())
                + WireWriter.Size(GraphProto.OutputFieldNumber, Output.CalculateSize());
            FileBytes = WireWriter.IntegerSize(ModelProto.IrVersionFieldNumber, IrVersion)
                + WireWriter.Size(ModelProto.ProducerNameFieldNumber, Producer.Length)
                + WireWriter.Size(ModelProto.GraphFieldNumber, GraphBytes)
                + WireWriter.Size(ModelProto.OpsetImportFieldNumber, OperatorSet.CalculateSize())
                + Metadata.Sum(m => WireWriter.Size(ModelProto.MetadataPropsFieldNumber, m.CalculateSize()));
            if (FileBytes > MaximumBytes)
                throw new ProblemException(new Problem("model-too-large", definition.File,
                    $"model '{definition.Name}' would be a file of {FileBytes} bytes", $"at most {MaximumBytes} fit one ONNX file"));
        }

        internal static ReadOnlySpan<byte> Producer => "fleetmark"u8;

        internal static OperatorSetIdProto OperatorSet { get; } = new() { Version = Opset };

        internal GraphPlan Plan { get; }

        internal byte[] GraphName { get; }

        internal ValueInfoProto Input { get; }

        internal ValueInfoProto Output { get; }

        internal IReadOnlyList<StringStringEntryProto> Metadata { get; }

        internal long GraphBytes { get; }

        internal long FileBytes { get; }

        /// <summary>A tensor's fields before its data, which has the highest field number.</summary>
        internal static byte[] Header(PlannedTensor tensor) =>
            new TensorProto { Dims = { tensor.Dimensions }, DataType = (int)ElementType.Float, Name = tensor.Name }.ToByteArray();

        internal static long TensorBytes(PlannedTensor tensor, byte[] header) =>
            header.Length + WireWriter.Size(TensorProto.RawDataFieldNumber, tensor.Bytes);

        private static ValueInfoProto Port(string name, Shape shape)
        {
            var dimensions = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } };
            foreach (int size in shape.Dimensions) dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
            return new ValueInfoProto
            {
                Name = name,
                Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Float, Shape = dimensions } },
            };
        }
    }
}
