using Fleetmark.Documents;
using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Precision;

/// <summary>
/// Converts one graph, and through its If, Loop and Scan nodes the graphs inside it. Goes through the nodes in topological order: each asks for the versions of its inputs
/// that it needs, which puts Casts where a version is missing, directly before the first node that reads it, once. So no pair of Casts that cancel each other can arise,
/// and Casts of the source that have become one are left out.
/// </summary>
internal sealed class HalfGraph
{
    private const int Float = (int)ElementType.Float;
    private const int Half = (int)ElementType.Float16;

    private readonly HalfModel _model;
    private readonly GraphProto _graph;
    private readonly bool _isKept;
    private readonly Dictionary<string, int> _declared = new(StringComparer.Ordinal);
    private readonly HalfScope _scope;

    private HalfGraph(HalfModel model, HalfScope? outer, GraphProto graph, bool isKept)
    {
        _model = model;
        _graph = graph;
        _isKept = isKept;
        _scope = new HalfScope(model, outer, graph.Name, outer is null ? graph.Output.Select(o => o.Name).ToHashSet(StringComparer.Ordinal) : new HashSet<string>());
        foreach (ValueInfoProto value in graph.ValueInfo.Concat(graph.Output)) _declared[value.Name] = value.Type?.TensorType?.ElemType ?? 0;
    }

    /// <summary>Converts a model's main graph in place. Its inputs and outputs stay what they are.</summary>
    internal static void ConvertMain(HalfModel model, GraphProto graph)
    {
        var main = new HalfGraph(model, outer: null, graph, isKept: false);
        foreach (ValueInfoProto input in graph.Input) main._scope.DefineInput(input.Name, input.Type?.TensorType?.ElemType ?? 0, isHalf: false);
        main.Run();
        foreach (ValueInfoProto output in graph.Output) main.BindOutput(output);
        main.Finish();
    }

    /// <summary>Converts a graph inside a node in place.</summary>
    /// <param name="body">The graph.</param>
    /// <param name="inputs">Element types of its inputs in the source.</param>
    /// <param name="isKept">True when all of it stays in FP32.</param>
    /// <returns>Element types of its outputs in the source.</returns>
    private int[] ConvertBody(GraphProto body, int[] inputs, bool isKept)
    {
        var inner = new HalfGraph(_model, _scope, body, isKept);
        for (int i = 0; i < body.Input.Count; i++)
        {
            ValueInfoProto input = body.Input[i];
            int type = i < inputs.Length && inputs[i] != 0 ? inputs[i] : input.Type?.TensorType?.ElemType ?? 0;
            bool isHalf = type == Float && !isKept;
            inner._scope.DefineInput(input.Name, type, isHalf);
            if (isHalf) Retype(input, Half);
        }

        inner.Run();
        int[] types = [.. body.Output.Select(o => inner._scope.Find(o.Name).Type)];
        var bound = new HashSet<string>(StringComparer.Ordinal);
        foreach (ValueInfoProto output in body.Output) inner.BindBodyOutput(output, bound);
        inner.Finish();
        return types;
    }

    private void Run()
    {
        foreach (TensorProto tensor in _graph.Initializer) _scope.DefineInitializer(tensor);
        foreach (TensorProto values in _graph.SparseInitializer.Select(s => s.Values).OfType<TensorProto>()) _scope.DefineSparse(values);
        foreach (NodeProto node in _graph.Node) Convert(node);
    }

    private void Convert(NodeProto node)
    {
        if (node.Is("Constant") && Result(node, []) == Float && node.Find("sparse_value") is null) _scope.DefineLazily(node, isConstant: true, isCounted: false);
        else if (!node.Is("Cast") || !TryCast(node, _scope.Find(node.Input[0]))) Compute(node);
    }

    /// <summary>Casts to a fractional type are a matter of versions; true when this one is no node any more, or not yet.</summary>
    private bool TryCast(NodeProto node, HalfTensor source)
    {
        string name = node.Output[0];
        int to = (int)node.Integer("to", 0);
        if (to == source.Type)
        {
            _scope.Alias(name, source);
            return true;
        }

        if (to == Half && source.IsFloat)
        {
            _scope.DefineHalf(name, HalfScope.NameOf(source, isHalf: true));
            return true;
        }

        if (to != Float || source.Type == 0) return false;
        if (source.Type == Half) _scope.DefineWidened(name, source.Single!);
        else _scope.DefineLazily(node, isConstant: false, isCounted: source.Type is not ((int)ElementType.Boolean or (int)ElementType.Double or (int)ElementType.BFloat16));
        return true;
    }

    private void Compute(NodeProto node)
    {
        HalfTensor?[] inputs = [.. node.Input.Select(i => i.Length > 0 ? _scope.Find(i) : null)];
        int[] types = [.. inputs.Select(i => i?.Type ?? 0)];
        bool hasBodies = node.Bodies().Any();
        OperatorRule? rule = hasBodies ? ControlRule(node) : OperatorRules.Find(node);
        bool isCounted = inputs.Any(i => i is { IsFloat: true, IsCounted: true }) && inputs.All(i => i is not { IsFloat: true } || i.IsCounted || i.IsConstant);
        bool isHalf = rule is { Use: OperatorUse.Half } && !_isKept && !isCounted && !_model.Keeps(node);
        int[] results = hasBodies ? ConvertBodies(node, types, isKept: !isHalf) : [.. node.Output.Select((name, number) => Result(node, types, number, name))];
        bool isConcerned = results.Contains(Float) || types.Contains(Float);
        string called = _model.Names.Of(node);
        if (isHalf && isConcerned) _model.HalfNodes.Add(called);
        else if (isConcerned && rule is not { Use: OperatorUse.Either }) _model.KeptNodes.Add(called);
        for (int i = 0; i < inputs.Length; i++)
            if (inputs[i] is { } input) node.Input[i] = !input.IsFloat ? input.Single! : rule is { Use: OperatorUse.Either } ? HalfScope.AnyName(input) : HalfScope.NameOf(input, isHalf);
        if (isHalf) Rewrite(node, types);
        for (int i = 0; i < node.Output.Count; i++)
        {
            if (node.Output[i].Length == 0) continue;
            node.Output[i] = _scope.DefineResult(node.Output[i], results[i], isHalf, isCounted);
            if (isHalf && results[i] == Float) _scope.Expose(node.Output[i], called, node.OpType);
        }

        _scope.Emit(node);
    }

    /// <summary>Types that a node writes into its result by itself.</summary>
    private void Rewrite(NodeProto node, int[] types)
    {
        if (node.Is("ConstantOfShape"))
        {
            if (node.Find("value") is not { } value)
            {
                value = new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor };
                value.T = new TensorProto { Dims = { 1 }, DataType = Float, FloatData = { 0 } };
                node.Attribute.Add(value);
            }

            if (value.T.DataType == Float) _model.Rounding.Round(value.T);
        }
        else if (node.OpType is "RandomNormal" or "RandomUniform" or "RandomNormalLike" or "RandomUniformLike" or "EyeLike")
        {
            if (node.Integer("dtype", types.Length > 0 ? 0 : Float) == Float) node.Set("dtype", Half);
        }
    }

    private static OperatorRule? ControlRule(NodeProto node) =>
        node.Is("If") || node.Is("Loop") || node.Is("Scan") ? new OperatorRule(OperatorUse.Half, (_, _, _) => 0) : null;

    private int[] ConvertBodies(NodeProto node, int[] types, bool isKept)
    {
        if (ControlRule(node) is null) throw Unknown(node);
        int[]? results = null;
        foreach (GraphProto body in node.Bodies())
        {
            int[] inner = node.OpType switch
            {
                "If" => ConvertBody(body, [], isKept),
                // Iteration, condition, what is carried; the condition that comes back is no result of the node.
                "Loop" => [.. ConvertBody(body, [(int)ElementType.Int64, (int)ElementType.Boolean, .. types.Skip(2)], isKept).Skip(1)],
                _ => ConvertBody(body, types, isKept),
            };
            results ??= inner;
        }

        return results!.Length >= node.Output.Count ? results : throw Unknown(node);
    }

    private int Result(NodeProto node, int[] types, int number = 0, string name = "")
    {
        if (number > 0 && name.Length == 0) return 0;
        if (OperatorRules.Find(node)?.Result(node, types, number) is { } known and not 0) return known;
        return _declared.GetValueOrDefault(name) is not 0 and var told ? told : throw Unknown(node);
    }

    private ProblemException Unknown(NodeProto node) => new(new Problem(
        "model-unknown-op", _graph.Name,
        $"node '{_model.Names.Of(node)}': the conversion to FP16 does not know the operation {(node.IsStandard() ? node.OpType : $"{node.Domain}::{node.OpType}")}, nor does the file say what type it gives",
        "measure the model in FP32, or export it with the types of its inner tensors"));

    private void BindOutput(ValueInfoProto output)
    {
        HalfTensor tensor = _scope.Find(output.Name);
        if (tensor is { IsFloat: true, Single: null, Half: { } half } && tensor.Name != output.Name)
        {
            _scope.Cast(half, output.Name, isHalf: false);
            return;
        }

        string name = tensor.IsFloat ? HalfScope.NameOf(tensor, isHalf: false) : tensor.Single!;
        if (name != output.Name) _scope.Emit(new NodeProto { OpType = "Identity", Name = output.Name, Input = { name }, Output = { output.Name } });
    }

    private void BindBodyOutput(ValueInfoProto output, HashSet<string> bound)
    {
        HalfTensor tensor = _scope.Find(output.Name);
        bool isHalf = tensor.IsFloat && !_isKept;
        string name = tensor.IsFloat ? HalfScope.NameOf(tensor, isHalf) : tensor.Single!;
        // A graph may not hand out what belongs to the graph around it, nor one tensor twice.
        if (_scope.TypeOf(name) is null || !bound.Add(name))
        {
            string own = _model.Names.Fresh($"{output.Name}.own");
            _scope.Emit(new NodeProto { OpType = "Identity", Name = own, Input = { name }, Output = { own } });
            name = own;
        }

        output.Name = name;
        if (isHalf) Retype(output, Half);
    }

    /// <summary>Puts the graph together: nodes, the constants somebody asked for, the types of inner tensors.</summary>
    private void Finish()
    {
        _graph.Node.Clear();
        _graph.Node.AddRange(_scope.Nodes);
        TensorProto[] initializers = [.. _graph.Initializer];
        _graph.Initializer.Clear();
        foreach (TensorProto tensor in initializers) Write(_scope.Find(tensor.Name), tensor);
        ValueInfoProto[] values = [.. _graph.ValueInfo.Where(v => _scope.TypeOf(v.Name) is not null)];
        _graph.ValueInfo.Clear();
        foreach (ValueInfoProto value in values)
        {
            if (value.Type?.TensorType is { ElemType: Float or Half } && _scope.TypeOf(value.Name) is { } type and not 0) Retype(value, type);
            _graph.ValueInfo.Add(value);
        }
    }

    private void Write(HalfTensor tensor, TensorProto source)
    {
        if (tensor.Initializer is null)
        {
            _graph.Initializer.Add(source);
            return;
        }

        if (tensor.Single is { } single) _graph.Initializer.Add(Renamed(tensor.Half is null ? source : source.Clone(), single));
        if (tensor.Half is { } half)
        {
            _model.Rounding.Round(source);
            _graph.Initializer.Add(Renamed(source, half));
        }

        // The data of a constant nobody reads in FP32 is garbage from here on; that of a large model would not fit twice.
        static TensorProto Renamed(TensorProto constant, string name)
        {
            constant.Name = name;
            return constant;
        }
    }

    private static void Retype(ValueInfoProto value, int type)
    {
        value.Type ??= new TypeProto();
        value.Type.TensorType ??= new TypeProto.Types.Tensor();
        value.Type.TensorType.ElemType = type;
    }
}
