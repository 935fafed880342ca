using Fleetmark.Models.Graphs;

namespace Fleetmark.Models.Descriptions;

/// <summary>A node's operation in words: <c>conv 3x3/2 bn relu</c>.</summary>
internal static class OperationWord
{
    internal static string Of(ModelNode node)
    {
        var words = new List<string> { Name(node) };
        if (node.BatchNorm) words.Add("bn");
        if (node.Activation != Activation.None) words.Add(NodeWords.Of(node.Activation));
        return string.Join(' ', words);
    }

    private static string Name(ModelNode node)
    {
        string name = NodeWords.Of(node.Operation);
        if (node.Window is not { } window) return name;
        string stride = window.Stride == Extent.One ? "" : window.Stride.Height == window.Stride.Width ? $"/{window.Stride.Height}" : $"/{window.Stride}";
        string groups = node.Groups == 1 ? "" : $" g{node.Groups}";
        return $"{name} {window.Kernel}{stride}{groups}";
    }
}
