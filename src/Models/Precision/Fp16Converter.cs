using Fleetmark.Documents;
using Fleetmark.Models.Onnx;
using Google.Protobuf;

namespace Fleetmark.Models.Precision;

/// <summary>
/// Makes the FP16 file of a model: constants and arithmetic in FP16, inputs and outputs as they were with Casts at the edges, operators that FP16 would spoil in FP32. The
/// bytes depend on the source's bytes, the nodes to keep and <see cref="Version"/> alone. Needs memory for about twice the file; a file is untrusted, so only workers call it.
/// </summary>
public static class Fp16Converter
{
    /// <summary>Raised whenever converted bytes change.</summary>
    public const int Version = 1;

    /// <summary>Format version from which on constants need not be inputs too.</summary>
    private const int FreeInitializers = 4;

    /// <summary>Converts a file.</summary>
    /// <param name="source">A seekable stream at its start.</param>
    /// <param name="where">Its name in messages.</param>
    /// <param name="keep">Names of nodes that stay in FP32 beside those that do by rule; of a node without a name of its own the first result.</param>
    /// <param name="target">Gets the converted file.</param>
    /// <param name="cancel">Ends the work between its parts.</param>
    /// <exception cref="ProblemException">The file is no ONNX model, keeps data in other files, or has an operation whose types nobody knows; or a node to keep does not exist.</exception>
    public static Conversion Convert(Stream source, string where, IReadOnlyCollection<string> keep, Stream target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(keep);
        ArgumentNullException.ThrowIfNull(target);
        (ModelProto model, HalfModel half, int folded) = Convert(source, where, keep, cancel);
        bool isUnchanged = half.HalfNodes.Count == 0 && folded == 0;
        if (isUnchanged)
        {
            source.Position = 0;
            source.CopyTo(target);
        }
        else
        {
            Sign(model);
            Write(model, target);
        }

        return new Conversion
        {
            IsUnchanged = isUnchanged,
            Tensors = half.Rounding.Tensors,
            Values = half.Rounding.Values,
            Saturated = half.Rounding.Saturated,
            Flushed = half.Rounding.Flushed,
            Subnormal = half.Rounding.Subnormal,
            Folded = folded,
            Casts = half.Casts,
            HalfNodes = half.HalfNodes,
            KeptNodes = half.KeptNodes,
        };
    }

    /// <summary>Converts a file so that every FP16 tensor of its main graph is an output too: for looking inside, never for timing.</summary>
    /// <returns>These tensors in topological order; they stand behind the outputs the model has.</returns>
    /// <exception cref="ProblemException">As for the conversion.</exception>
    public static IReadOnlyList<InnerTensor> Expose(Stream source, string where, IReadOnlyCollection<string> keep, Stream target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(keep);
        ArgumentNullException.ThrowIfNull(target);
        (ModelProto model, HalfModel half, _) = Convert(source, where, keep, cancel);
        HashSet<string> outputs = [.. model.Graph.Output.Select(o => o.Name)];
        InnerTensor[] inner = [.. half.Inner.Where(t => outputs.Add(t.Name))];
        foreach (InnerTensor tensor in inner)
            model.Graph.Output.Add(new ValueInfoProto { Name = tensor.Name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Float16 } } });
        Write(model, target);
        return inner;
    }

    private static (ModelProto Model, HalfModel Half, int Folded) Convert(Stream source, string where, IReadOnlyCollection<string> keep, CancellationToken cancel)
    {
        ModelProto model = Read(source, where);
        cancel.ThrowIfCancellationRequested();
        var names = new ModelNames(model);
        var half = new HalfModel(names, keep.ToHashSet(StringComparer.Ordinal));
        DropInitializerInputs(model);
        int folded = BatchNormFolding.Fold(model.Graph, names);
        CheckKept(model, names, keep, where);
        NodeOrder.Sort(model.Graph);
        cancel.ThrowIfCancellationRequested();
        HalfGraph.ConvertMain(half, model.Graph);
        cancel.ThrowIfCancellationRequested();
        return (model, half, folded);
    }

    private static void Write(ModelProto model, Stream target)
    {
        using var output = new CodedOutputStream(target, 1 << 16, leaveOpen: true);
        model.WriteTo(output);
    }

    private static ModelProto Read(Stream source, string where)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(source);
        }
        catch (InvalidProtocolBufferException)
        {
            throw new ProblemException(new Problem("model-not-onnx", where, "the file is no ONNX model"));
        }

        if (model.Graph is not { Node.Count: > 0 }) throw new ProblemException(new Problem("model-not-onnx", where, "the file is no ONNX model"));
        if (model.AllNodes().FirstOrDefault(IsUnsound) is { } node)
            throw new ProblemException(new Problem("model-node", where, $"node '{node.Name}' ({node.OpType}) lacks an input, an output or its value"));
        if (model.AllGraphs().Select(TwiceWritten).FirstOrDefault(name => name is not null) is { } twice)
            throw new ProblemException(new Problem("model-node", where, $"two nodes of one graph write '{twice}'"));
        if (model.AllTensors().FirstOrDefault(t => t.DataLocation == TensorProto.Types.DataLocation.External || t.ExternalData.Count > 0) is { } external)
            throw new ProblemException(new Problem("model-external-data", where, $"tensor '{external.Name}' keeps its data in another file", "export the model as one file"));
        return model;
    }

    /// <summary>What no runtime would load, and what the conversion must be able to rely on.</summary>
    private static bool IsUnsound(NodeProto node) => node.Output.Count == 0
        || (node.Input.Count == 0 && (node.Is("Cast") || node.Is("Conv") || node.Is("BatchNormalization")))
        || ((node.Is("Constant") || node.Is("ConstantOfShape")) && node.Attribute.Any(a => (a.Name == "value" && a.T is null) || (a.Name == "sparse_value" && a.SparseTensor?.Values is null)));

    private static string? TwiceWritten(GraphProto graph) => graph.Node.SelectMany(n => n.Output).Where(name => name.Length > 0)
        .GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(writers => writers.Count() > 1)?.Key;

    /// <summary>Old files list every constant as an input too. Converted, it would have another type than the input.</summary>
    private static void DropInitializerInputs(ModelProto model)
    {
        HashSet<string> constants = [.. model.Graph.Initializer.Where(t => t.DataType == (int)ElementType.Float).Select(t => t.Name)];
        ValueInfoProto[] inputs = [.. model.Graph.Input.Where(i => !constants.Contains(i.Name))];
        if (inputs.Length == model.Graph.Input.Count) return;
        model.Graph.Input.Clear();
        model.Graph.Input.AddRange(inputs);
        model.IrVersion = Math.Max(model.IrVersion, FreeInitializers);
    }

    private static void CheckKept(ModelProto model, ModelNames names, IReadOnlyCollection<string> keep, string where)
    {
        if (keep.Count == 0) return;
        HashSet<string> known = [.. model.AllNodes().Select(names.Of)];
        if (keep.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new ProblemException(new Problem("model-keep", where, $"there is no node '{unknown}' that could stay in FP32"));
    }

    /// <summary>Says in the file what made it, whatever its source said.</summary>
    private static void Sign(ModelProto model)
    {
        const string Key = "fleetmark.fp16";
        if (model.MetadataProps.FirstOrDefault(p => p.Key == Key) is not { } mark) model.MetadataProps.Add(mark = new StringStringEntryProto { Key = Key });
        mark.Value = $"{Version}";
    }
}
