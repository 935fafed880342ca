using Fleetmark.Documents;
using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Precision;

/// <summary>
/// The tensors of one graph under conversion, and the nodes it has so far. A version of a tensor is made when it is first asked for, in the graph that defines the tensor: a
/// Cast stands directly before the node that wanted it, or before the node around the graph that did.
/// </summary>
internal sealed class HalfScope(HalfModel model, HalfScope? outer, string name, IReadOnlySet<string> modelOutputs)
{
    private const int Float = (int)ElementType.Float;
    private const int Half = (int)ElementType.Float16;

    private readonly Dictionary<string, HalfTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _made = new(StringComparer.Ordinal);

    /// <summary>The nodes in topological order.</summary>
    internal List<NodeProto> Nodes { get; } = [];

    /// <summary>Element type of a tensor that this graph has after the conversion, 0 where unknown; null when it has none of that name.</summary>
    internal int? TypeOf(string tensor) => _made.TryGetValue(tensor, out int type) ? type : null;

    /// <summary>Defines an input, which comes in one version.</summary>
    internal void DefineInput(string input, int type, bool isHalf)
    {
        Define(new HalfTensor { Name = input, Type = type, Home = this, Single = isHalf ? null : input, Half = isHalf ? input : null, IsModelOutput = modelOutputs.Contains(input) });
        _made[input] = isHalf ? Half : type;
    }

    /// <summary>Defines an initializer. One of FLOAT values is made in the versions that are asked for; <see cref="HalfTensor.Single"/> and <see cref="HalfTensor.Half"/> tell them in the end.</summary>
    internal void DefineInitializer(TensorProto tensor)
    {
        bool isFloat = tensor.DataType == Float;
        if (!isFloat) _made[tensor.Name] = tensor.DataType;
        Define(new HalfTensor
        {
            Name = tensor.Name,
            Type = tensor.DataType,
            Home = this,
            Single = isFloat ? null : tensor.Name,
            Initializer = isFloat ? tensor : null,
            IsConstant = true,
            IsModelOutput = modelOutputs.Contains(tensor.Name),
        });
    }

    /// <summary>Defines a sparse initializer, which stays as it is.</summary>
    internal void DefineSparse(TensorProto values)
    {
        Define(new HalfTensor { Name = values.Name, Type = values.DataType, Home = this, Single = values.Name, IsConstant = true });
        _made[values.Name] = values.DataType;
    }

    /// <summary>Defines a tensor under another's versions: a Cast that is no node any more.</summary>
    internal void Alias(string tensor, HalfTensor source) => _tensors[tensor] = source;

    /// <summary>Defines a tensor that has its only version under another name: FP16 in the source too.</summary>
    internal void DefineHalf(string tensor, string made) => Define(new HalfTensor { Name = tensor, Type = Half, Home = this, Single = made });

    /// <summary>Defines a FLOAT tensor whose FP16 version is there under another name.</summary>
    internal void DefineWidened(string tensor, string half) =>
        Define(new HalfTensor { Name = tensor, Type = Float, Home = this, Half = half, IsModelOutput = modelOutputs.Contains(tensor) });

    /// <summary>Defines a result of a node.</summary>
    /// <returns>Its name in the converted graph.</returns>
    internal string DefineResult(string tensor, int type, bool isHalf, bool isCounted)
    {
        var result = new HalfTensor { Name = tensor, Type = type, Home = this, IsModelOutput = modelOutputs.Contains(tensor), IsCounted = isCounted };
        Define(result);
        bool asHalf = isHalf && type == Float;
        string made = asHalf ? FreeName(result, isHalf: true) : tensor;
        if (asHalf) result.Half = made;
        else result.Single = made;
        _made[made] = asHalf ? Half : type;
        return made;
    }

    /// <summary>The name of a version, which is made when it is not there. An initializer is written at the end, when it is known which versions are needed.</summary>
    internal static string NameOf(HalfTensor tensor, bool isHalf)
    {
        if ((isHalf ? tensor.Half : tensor.Single) is { } there) return there;
        string made = tensor.Home.Make(tensor, isHalf);
        if (isHalf) tensor.Half = made;
        else tensor.Single = made;
        return made;
    }

    /// <summary>The name of whichever version is there.</summary>
    internal static string AnyName(HalfTensor tensor) => tensor.Single ?? tensor.Half ?? NameOf(tensor, isHalf: false);

    private string Make(HalfTensor tensor, bool isHalf)
    {
        string made = FreeName(tensor, isHalf);
        _made[made] = isHalf ? Half : Float;
        if (tensor.Maker is { } maker)
        {
            NodeProto node = maker.Clone();
            node.Output[0] = made;
            if (node.Name.Length > 0 && made != tensor.Name) node.Name = made;
            if (isHalf && node.OpType == "Cast") node.Set("to", Half);
            else if (isHalf) RoundConstant(node);
            if (isHalf && node.OpType == "Cast") Expose(made, tensor.Name, node.OpType);
            if (node.OpType == "Cast") node.Input[0] = Find(node.Input[0]).Single!;
            Emit(node);
        }
        else if (tensor.Initializer is null)
        {
            Cast((isHalf ? tensor.Single : tensor.Half)!, made, isHalf);
            if (isHalf) Expose(made, tensor.Name, "Cast");
        }

        return made;
    }

    /// <summary>The first version keeps the tensor's name; of a model's result always the FP32 one.</summary>
    private string FreeName(HalfTensor tensor, bool isHalf)
    {
        bool keepsName = tensor.IsModelOutput ? !isHalf : (isHalf ? tensor.Single : tensor.Half) is null;
        return keepsName ? tensor.Name : model.Names.Fresh($"{tensor.Name}.{(isHalf ? "fp16" : "fp32")}");
    }

    private void RoundConstant(NodeProto node)
    {
        AttributeProto value = node.Attribute.First(a => a.Name is "value" or "value_float" or "value_floats");
        if (value.T is null)
        {
            value.T = value.Name == "value_float"
                ? new TensorProto { DataType = Float, FloatData = { value.F } }
                : new TensorProto { DataType = Float, Dims = { value.Floats.Count }, FloatData = { value.Floats } };
            value.ClearF();
            value.Floats.Clear();
            value.Name = "value";
            value.Type = AttributeProto.Types.AttributeType.Tensor;
        }

        model.Rounding.Round(value.T);
    }

    /// <summary>Adds a Cast.</summary>
    internal void Cast(string from, string to, bool isHalf)
    {
        var cast = new NodeProto { OpType = "Cast", Name = to, Input = { from }, Output = { to } };
        cast.Set("to", isHalf ? Half : Float);
        Emit(cast);
    }

    /// <summary>Notes an FP16 tensor that can be looked at: those of the main graph.</summary>
    internal void Expose(string tensor, string node, string operation)
    {
        if (outer is null) model.Inner.Add(new InnerTensor(tensor, node, operation));
    }

    /// <summary>Adds a node.</summary>
    internal void Emit(NodeProto node)
    {
        Nodes.Add(node);
        if (node.Is("Cast")) model.Casts++;
        foreach (string made in node.Output.Where(o => o.Length > 0)) _made.TryAdd(made, 0);
    }

    /// <summary>Defines the result of a Constant, or of a Cast from a type that is no fraction: the node is added in the versions that are asked for.</summary>
    internal void DefineLazily(NodeProto node, bool isConstant, bool isCounted) => Define(new HalfTensor
    {
        Name = node.Output[0],
        Type = Float,
        Home = this,
        Maker = node,
        IsConstant = isConstant,
        IsCounted = isCounted,
        IsModelOutput = modelOutputs.Contains(node.Output[0]),
    });

    private void Define(HalfTensor tensor) => _tensors[tensor.Name] = tensor;

    /// <summary>The tensor of that name, of this graph or of one around it.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    internal HalfTensor Find(string tensor) => _tensors.TryGetValue(tensor, out HalfTensor? found) ? found
        : outer?.Find(tensor) ?? throw new ProblemException(new Problem("model-tensor", name, $"nothing in the graph makes the tensor '{tensor}'"));
}
