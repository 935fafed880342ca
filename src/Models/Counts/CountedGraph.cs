namespace Fleetmark.Models.Counts;

/// <summary>What a walk over an ONNX graph found.</summary>
/// <param name="Counts">Counts of the whole graph, for one sample.</param>
/// <param name="Shapes">Shape of every tensor by name, batch axis included.</param>
/// <param name="PerNode">Work of each node for the whole batch, in graph order.</param>
internal sealed record CountedGraph(ModelCounts Counts, IReadOnlyDictionary<string, long[]> Shapes, IReadOnlyList<NodeWork> PerNode);
