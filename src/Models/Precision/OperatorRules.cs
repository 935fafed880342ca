using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Precision;

/// <summary>
/// The operators the conversion knows. In FP16 computes what has FP16 kernels on GPUs and loses nothing but digits; in FP32 stays what sums over many values, compares
/// near ones, or counts positions. An operator that is not listed stays in FP32 too, if the file says the types of its results.
/// </summary>
internal static class OperatorRules
{
    private const string Learning = "ai.onnx.ml";
    private const int Float = (int)ElementType.Float;
    private const int Integer = (int)ElementType.Int64;
    private const int Boolean = (int)ElementType.Boolean;

    private static readonly Dictionary<string, OperatorRule> Rules = Build();

    /// <summary>The rule of a node's operator; null for one that nobody here knows.</summary>
    internal static OperatorRule? Find(NodeProto node) =>
        node.Domain == Learning ? new OperatorRule(OperatorUse.Single, (_, _, output) => node.OpType.EndsWith("Classifier", StringComparison.Ordinal) && output == 0 ? Integer : Float)
        : node.IsStandard() ? Rules.GetValueOrDefault(node.OpType)
        : null;

    private static Dictionary<string, OperatorRule> Build()
    {
        var rules = new Dictionary<string, OperatorRule>(StringComparer.Ordinal);
        Add(OperatorUse.Half, First,
            "Abs", "Add", "AveragePool", "BatchNormalization", "Ceil", "Clip", "Compress", "Concat", "Conv", "ConvTranspose", "DepthToSpace", "Div", "Einsum", "Elu", "Erf",
            "Exp", "Expand", "Flatten", "Floor", "Gather", "GatherElements", "GatherND", "Gelu", "Gemm", "GlobalAveragePool", "GlobalMaxPool", "HardSigmoid", "HardSwish",
            "Identity", "InstanceNormalization", "LeakyRelu", "Log", "MatMul", "Mish", "Mul", "Neg", "Pad", "Pow", "PRelu", "Reciprocal", "ReduceMax", "ReduceMin", "Relu",
            "Reshape", "Round", "ScatterElements", "ScatterND", "Selu", "Sigmoid", "Sign", "Slice", "Softplus", "Softsign", "SpaceToDepth", "Split", "Sqrt", "Squeeze", "Sub",
            "Sum", "Tanh", "ThresholdedRelu", "Tile", "Transpose", "Trilu", "Unsqueeze");
        Add(OperatorUse.Half, (_, types, output) => output == 0 ? At(types, 0) : Integer, "MaxPool");
        Add(OperatorUse.Half, (_, types, output) => output == 0 ? At(types, 0) : Boolean, "Dropout");
        Add(OperatorUse.Half, (_, types, _) => At(types, 1), "CastLike", "Where");
        Add(OperatorUse.Half, (_, types, _) => At(types, 2), "OneHot");
        Add(OperatorUse.Half, (_, _, _) => Boolean, "Equal", "Greater", "GreaterOrEqual", "IsNaN", "Less", "LessOrEqual");
        Add(OperatorUse.Half, (_, _, _) => Integer, "ArgMax", "ArgMin", "NonZero");
        Add(OperatorUse.Half, (node, _, _) => node.Find("value")?.T.DataType ?? Float, "ConstantOfShape");
        Add(OperatorUse.Half, (node, _, _) => (int)node.Integer("dtype", Float), "RandomNormal", "RandomUniform");
        Add(OperatorUse.Half, (node, types, _) => (int)node.Integer("dtype", At(types, 0)), "EyeLike", "RandomNormalLike", "RandomUniformLike");

        Add(OperatorUse.Single, First,
            "Celu", "CumSum", "GridSample", "Hardmax", "LayerNormalization", "LogSoftmax", "LpNormalization", "LpPool", "GlobalLpPool", "LRN", "Max", "MaxRoiPool", "MaxUnpool", "Mean",
            "MeanVarianceNormalization", "Min", "Mod", "Range", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMean", "ReduceProd", "ReduceSum",
            "ReduceSumSquare", "Resize", "RoiAlign", "Softmax", "Upsample", "GRU", "LSTM", "RNN");
        Add(OperatorUse.Single, (_, types, output) => output == 0 ? At(types, 0) : Integer, "TopK", "Unique");
        Add(OperatorUse.Single, (_, _, _) => Integer, "NonMaxSuppression");
        Add(OperatorUse.Single, (_, _, _) => Boolean, "IsInf");
        Add(OperatorUse.Single, (node, _, _) => (int)node.Integer("dtype", (int)ElementType.Int32), "Multinomial");
        Add(OperatorUse.Single, (node, types, _) => (int)node.Integer("dtype", At(types, 0)), "Bernoulli");
        Add(OperatorUse.Single, (_, types, _) => At(types, 2) is not 0 and var type ? type : (int)ElementType.UInt8, "QuantizeLinear");
        Add(OperatorUse.Single, (_, types, _) => At(types, 1), "DequantizeLinear");
        Add(OperatorUse.Single, (_, types, output) => output == 1 ? Float : (int)ElementType.UInt8, "DynamicQuantizeLinear");
        Add(OperatorUse.Single, (_, _, _) => (int)ElementType.Int32, "ConvInteger", "MatMulInteger");
        Add(OperatorUse.Single, (_, types, _) => At(types, 7), "QLinearConv", "QLinearMatMul");

        Add(OperatorUse.Either, (_, _, _) => Integer, "Shape", "Size");
        Add(OperatorUse.Either, (_, _, _) => Boolean, "And", "Not", "Or", "Xor");
        Add(OperatorUse.Either, (node, _, _) => (int)node.Integer("to", 0), "Cast");
        Add(OperatorUse.Either, ConstantType, "Constant");
        return rules;

        void Add(OperatorUse use, Func<NodeProto, IReadOnlyList<int>, int, int> result, params ReadOnlySpan<string> operators)
        {
            foreach (string op in operators) rules.Add(op, new OperatorRule(use, result));
        }
    }

    private static int First(NodeProto node, IReadOnlyList<int> types, int output) => At(types, 0);

    private static int At(IReadOnlyList<int> types, int input) => input < types.Count ? types[input] : 0;

    private static int ConstantType(NodeProto node, IReadOnlyList<int> types, int output) => node.Attribute.Select(a => a.Name switch
    {
        "value" => a.T.DataType,
        "sparse_value" => a.SparseTensor.Values.DataType,
        "value_float" or "value_floats" => Float,
        "value_int" or "value_ints" => Integer,
        "value_string" or "value_strings" => (int)ElementType.Text,
        _ => 0,
    }).FirstOrDefault(type => type != 0);
}
