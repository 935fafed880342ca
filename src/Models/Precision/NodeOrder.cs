using Fleetmark.Documents;
using Fleetmark.Models.Onnx;

namespace Fleetmark.Models.Precision;

/// <summary>Puts nodes behind those whose results they read; where the standard leaves a choice, the order of the file stays.</summary>
internal static class NodeOrder
{
    /// <summary>Sorts a graph and every graph inside it.</summary>
    /// <exception cref="ProblemException">Nodes wait for each other (<c>model-cycle</c>).</exception>
    internal static void Sort(GraphProto graph)
    {
        NodeProto[] nodes = [.. graph.Node];
        var makers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Length; i++)
            foreach (string made in nodes[i].Output) makers[made] = i;
        int[] waits = new int[nodes.Length];
        var readers = new List<int>[nodes.Length];
        for (int i = 0; i < nodes.Length; i++) readers[i] = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (int maker in nodes[i].Reads().Where(makers.ContainsKey).Select(name => makers[name]).Distinct())
            {
                readers[maker].Add(i);
                waits[i]++;
            }
        }

        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, nodes.Length).Where(i => waits[i] == 0).Select(i => (i, i)));
        graph.Node.Clear();
        while (ready.TryDequeue(out int next, out _))
        {
            graph.Node.Add(nodes[next]);
            foreach (int reader in readers[next])
                if (--waits[reader] == 0) ready.Enqueue(reader, reader);
        }

        if (graph.Node.Count < nodes.Length)
        {
            string waiting = nodes[Array.FindIndex(waits, w => w > 0)].Output.FirstOrDefault() ?? "";
            throw new ProblemException(new Problem("model-cycle", graph.Name, $"the nodes of the graph wait for each other: tensor '{waiting}' needs itself"));
        }

        foreach (GraphProto body in nodes.SelectMany(n => n.Bodies())) Sort(body);
    }
}
