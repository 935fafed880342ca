using Fleetmark.Documents;
using Fleetmark.Models.Counts;
using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Imported;

/// <summary>Every check of an imported graph, each wrong thing one problem, all of them in one pass.</summary>
internal sealed class ImportChecks(string path, ModelProto model, ImportExpectation expected, List<Problem> problems)
{
    /// <summary>Oldest standard operator set runtimes promise to run.</summary>
    internal const int OldestOpset = 7;

    /// <summary>Newest standard operator set that the oldest worker flavour in use runs.</summary>
    internal const int NewestOpset = 22;

    /// <summary>Newest format version that the oldest worker flavour in use reads.</summary>
    internal const int NewestIrVersion = 10;

    /// <summary>Input of a worker: three colour planes.</summary>
    private const int Planes = 3;

    private const int FallbackSide = 224;
    private const int MaximumSide = 1 << 14;

    private readonly HashSet<string> _initializers = [.. model.Graph.Initializer.Select(t => t.Name), .. model.Graph.SparseInitializer.Select(s => s.Values?.Name ?? "")];

    internal ImportedModel Check(Digest sha256, long sizeBytes)
    {
        ExternalData();
        Versions();
        Domains();
        Port? input = One("input", [.. model.Graph.Input.Where(i => !_initializers.Contains(i.Name))], expected.Input, rank: 4);
        Port? output = One("output", model.Graph.Output, expected.Output, rank: 2);
        (int? batch, int height, int width) = input is null ? (null, FallbackSide, FallbackSide) : InputSizes(input);
        (CountedGraph? counted, Problem? uncounted) = Count(input, batch ?? 1, height, width);
        int? classes = output is null ? null : Classes(output, counted);
        long parameters = FileParameters.Of(model.Graph);
        Claim(parameters);
        return new ImportedModel
        {
            Path = path,
            Sha256 = sha256,
            SizeBytes = sizeBytes,
            Opset = (int)Math.Min(StandardOpset, int.MaxValue),
            IrVersion = (int)Math.Min(model.IrVersion, int.MaxValue),
            Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            InputName = input?.Name ?? "",
            Height = height,
            Width = width,
            FixedBatch = batch,
            OutputName = output?.Name ?? "",
            Classes = classes,
            Output = FileParameters.EndsInSoftmax(model.Graph, output?.Name) ? OutputKind.Probabilities : OutputKind.Logits,
            FileParameters = parameters,
            Counts = expected.Claims is { } claimed ? ModelCounts.Of(claimed) : counted?.Counts,
            Uncounted = expected.Claims is null ? uncounted : null,
            Nodes = Nodes(counted, batch ?? 1),
        };
    }

    private long StandardOpset => model.OpsetImport.Where(o => IsStandard(o.Domain)).Select(o => o.Version).DefaultIfEmpty(0).Max();

    private static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    /// <summary>Data in other files would let a model file read anything its path reaches, so it is refused wherever it appears.</summary>
    private void ExternalData()
    {
        string[] names = [.. model.AllTensors()
            .Where(t => t.DataLocation == TensorProto.Types.DataLocation.External || t.ExternalData.Count > 0)
            .Select(t => t.Name.Length > 0 ? $"'{t.Name}'" : "one without a name").Distinct(StringComparer.Ordinal)];
        if (names.Length > 0)
            Report("model-external-data", $"{names.Length} tensors keep their data in other files: {Some(names)}", "export the model as one file");
    }

    private void Versions()
    {
        if (model.IrVersion is < 3 or > NewestIrVersion)
            Report("model-ir-version", $"ONNX format version {model.IrVersion}: expected 3 to {NewestIrVersion}", "export it again with an older or newer exporter");
        if (StandardOpset is < OldestOpset or > NewestOpset)
            Report("model-opset", $"operator set {StandardOpset}: expected {OldestOpset} to {NewestOpset}", $"export it again with an operator set in that range");
    }

    private void Domains()
    {
        HashSet<string> local = [.. model.Functions.Select(f => $"{f.Domain}::{f.Name}")];
        string[] custom = [.. model.AllNodes().Where(n => !IsStandard(n.Domain) && !local.Contains($"{n.Domain}::{n.OpType}"))
            .Select(n => $"{n.Domain}::{n.OpType}").Distinct(StringComparer.Ordinal)];
        if (custom.Length > 0)
            Report("model-custom-op", $"operations outside the ONNX standard: {Some(custom)}", "export it with standard operations only");
    }

    /// <summary>The one tensor of a direction that fits, by position: names differ from exporter to exporter.</summary>
    private Port? One(string direction, IReadOnlyList<ValueInfoProto> ports, string? chosen, int rank)
    {
        Port[] all = [.. ports.Select(p => new Port(p))];
        string list = string.Join("; ", all.Select(p => p.ToString()));
        if (all.Length == 0)
        {
            Report($"model-{direction}", $"the graph has no {direction}");
            return null;
        }

        Port? port = chosen is null ? all.Length == 1 ? all[0] : null : Array.Find(all, p => p.Name == chosen);
        if (port is null)
            Report($"model-{direction}", chosen is null ? $"expected one {direction}, found {all.Length}: {list}" : $"there is no {direction} '{chosen}': {list}",
                chosen is null && direction == "output" ? "choose one with output:" : "");
        else if (direction == "input" && all.Length > 1)
            Report("model-input", $"expected one input, found {all.Length}, and the others cannot be fed: {list}");
        else if (port.ElementType != (int)ElementType.Float || port.Dimensions?.Count != rank)
            Report($"model-{direction}", $"expected one float32 {direction} with {rank} axes, found {port}");
        else return port;
        return null;
    }

    private (int? Batch, int Height, int Width) InputSizes(Port input)
    {
        IReadOnlyList<long?> sizes = input.Dimensions!;
        int? batch = null;
        if (sizes[0] is { } fixedBatch)
        {
            batch = (int)Math.Min(fixedBatch, int.MaxValue);
            if (expected.Batches.Count > 0 && !expected.Batches.Contains(batch.Value))
                Report("model-batch", $"the batch is fixed to {fixedBatch}: expected an open batch axis or one of {string.Join(", ", expected.Batches)}", "export it with a symbolic batch axis");
        }

        if (sizes[1] is { } planes && planes != Planes)
            Report("model-input", $"expected {Planes} channels, as in [N, 3, H, W], found {input}", sizes[3] == Planes ? "export it with channels first (NCHW)" : "");
        int height = Side("height", sizes[2]), width = Side("width", sizes[3]);
        if (sizes[2] is not null && sizes[3] is not null && height != width)
            Report("model-input", $"expected a square image, found {height} x {width}");
        return (batch, height, width);
    }

    private int Side(string axis, long? size)
    {
        if (size is null)
        {
            if (expected.Crop is null && expected != ImportExpectation.Nothing)
                Report("model-crop", $"the file leaves the {axis} open", "say image: { crop: …, resizeShort: … } in the plan");
            return expected.Crop ?? FallbackSide;
        }

        if (size > MaximumSide) Report("model-input", $"{axis}: expected at most {MaximumSide}, found {size}");
        else if (expected.Crop is { } crop && size != crop) Report("model-crop", $"{axis}: expected {crop}, the plan's crop, found {size}", "set image.crop to the model's size");
        return (int)Math.Min(size.Value, MaximumSide);
    }

    private int? Classes(Port output, CountedGraph? counted)
    {
        long? inferred = counted is not null && counted.Shapes.TryGetValue(output.Name, out long[]? shape) && shape.Length == 2 ? shape[1] : null;
        long? declared = output.Dimensions![1] ?? inferred;
        if (declared is { } found && expected.Classes is { } classes && found != classes)
            Report("model-classes", $"classes: expected {classes} as in the label list, found {found}", "use the label list the model was trained with");
        return declared is > 0 and <= int.MaxValue ? (int)declared : null;
    }

    private (CountedGraph? Counted, Problem? Uncounted) Count(Port? input, int batch, int height, int width)
    {
        if (input is null) return (null, null);
        try
        {
            return (GraphCount.Of(model, input.Name, [batch, input.Dimensions![1] ?? Planes, height, width], path), null);
        }
        catch (ProblemException e)
        {
            return (null, e.Problems[0]);
        }
    }

    private void Claim(long parameters)
    {
        if (expected.Claims is not { } claimed) return;
        ModelCounts counts = ModelCounts.Of(claimed);
        long trained = counts.Parameters[ParameterConvention.WithBatchNormStatistics], folded = counts.FoldedParameters;
        if (parameters == trained || parameters == folded) return;
        string wanted = trained == folded ? $"{trained}" : $"{trained}, or {folded} with batch normalisation folded";
        Report("model-claim", $"the name {claimed.Name} is a built-in model's, which has {wanted} parameters; the file has {parameters}", "give it a name of its own");
    }

    private List<ImportedNode> Nodes(CountedGraph? counted, int batch) =>
    [
        .. model.Graph.Node.Select((node, index) => new ImportedNode(
            node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? "",
            IsStandard(node.Domain) ? node.OpType : $"{node.Domain}::{node.OpType}",
            [.. node.Input],
            node.Output.Count > 0 ? counted?.Shapes.GetValueOrDefault(node.Output[0]) : null,
            counted?.PerNode[index].Macs / batch,
            counted?.PerNode[index].TrainableParameters)),
    ];

    private void Report(string code, string what, string remedy = "") => problems.Add(new Problem(code, path, what, remedy));

    private static string Some(string[] names) => names.Length <= 4 ? string.Join(", ", names) : $"{string.Join(", ", names[..4])} and {names.Length - 4} more";

    /// <summary>A graph input or output: element type and sizes, null where symbolic; some exporters write 0 or −1 there.</summary>
    private sealed class Port(ValueInfoProto value)
    {
        internal string Name => value.Name;

        internal int ElementType => value.Type?.TensorType?.ElemType ?? 0;

        internal IReadOnlyList<long?>? Dimensions { get; } =
            value.Type?.TensorType?.Shape is { } shape ? [.. shape.Dim.Select(d => d.HasDimValue && d.DimValue > 0 ? d.DimValue : (long?)null)] : null;

        public override string ToString()
        {
            string sizes = Dimensions is null
                ? "of unknown shape"
                : $"[{string.Join(", ", value.Type.TensorType.Shape.Dim.Select(d => d.HasDimValue ? $"{d.DimValue}" : d.HasDimParam && d.DimParam.Length > 0 ? d.DimParam : "?"))}]";
            return $"'{Name}' {(value.Type?.TensorType is null ? "no tensor" : ElementTypes.Word(ElementType))} {sizes}";
        }
    }
}
