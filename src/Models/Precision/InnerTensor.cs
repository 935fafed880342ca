namespace Fleetmark.Models.Precision;

/// <summary>A tensor inside a converted graph that holds FP16.</summary>
/// <param name="Name">Its name in the converted graph.</param>
/// <param name="Node">The node that makes it, as reports call it; of a Cast that was added the tensor it casts.</param>
/// <param name="Operation">Operator of the node.</param>
public sealed record InnerTensor(string Name, string Node, string Operation)
{
    /// <summary>The tensor as messages name it: <c>tensor 'conv5' of node 'conv5' (Conv)</c>.</summary>
    public override string ToString() => $"tensor '{Name}' of node '{Node}' ({Operation})";
}
