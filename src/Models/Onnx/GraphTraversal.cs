namespace Fleetmark.Models.Onnx;

/// <summary>Every node and tensor of a file, wherever it hides: main graph, graphs inside attributes, functions, training graphs.</summary>
internal static class GraphTraversal
{
    /// <summary>All nodes, those of nested graphs after their owner.</summary>
    internal static IEnumerable<NodeProto> AllNodes(this ModelProto model) =>
        model.AllGraphs().SelectMany(g => g.Node).Concat(model.Functions.SelectMany(f => f.Node));

    /// <summary>All tensors: initializers, sparse ones, and those in attributes.</summary>
    internal static IEnumerable<TensorProto> AllTensors(this ModelProto model)
    {
        IEnumerable<AttributeProto> attributes = model.AllNodes().SelectMany(n => n.Attribute).Concat(model.Functions.SelectMany(f => f.AttributeProto));
        return model.AllGraphs().SelectMany(g => g.Initializer.Concat(g.SparseInitializer.SelectMany(Parts)))
            .Concat(attributes.SelectMany(Tensors));
    }

    /// <summary>The graph, those inside it, and those of training.</summary>
    internal static IEnumerable<GraphProto> AllGraphs(this ModelProto model)
    {
        IEnumerable<GraphProto?> roots = [model.Graph, .. model.TrainingInfo.SelectMany(t => new[] { t.Initialization, t.Algorithm })];
        return roots.OfType<GraphProto>().SelectMany(WithNested)
            .Concat(model.Functions.SelectMany(f => f.Node).SelectMany(Inside))
            .Concat(model.Functions.SelectMany(f => f.AttributeProto).SelectMany(Inside));
    }

    private static IEnumerable<GraphProto> WithNested(GraphProto graph) => graph.Node.SelectMany(Inside).Prepend(graph);

    private static IEnumerable<GraphProto> Inside(NodeProto node) => node.Attribute.SelectMany(Inside);

    private static IEnumerable<GraphProto> Inside(AttributeProto attribute)
    {
        IEnumerable<GraphProto> graphs = attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G);
        return graphs.SelectMany(WithNested);
    }

    private static IEnumerable<TensorProto> Tensors(AttributeProto attribute)
    {
        if (attribute.T is not null) yield return attribute.T;
        foreach (TensorProto tensor in attribute.Tensors) yield return tensor;
        IEnumerable<SparseTensorProto> sparse = attribute.SparseTensor is null ? attribute.SparseTensors : attribute.SparseTensors.Prepend(attribute.SparseTensor);
        foreach (TensorProto tensor in sparse.SelectMany(Parts)) yield return tensor;
    }

    private static IEnumerable<TensorProto> Parts(SparseTensorProto sparse)
    {
        if (sparse.Values is not null) yield return sparse.Values;
        if (sparse.Indices is not null) yield return sparse.Indices;
    }
}
