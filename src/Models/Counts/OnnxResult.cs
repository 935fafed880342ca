namespace Fleetmark.Models.Counts;

/// <summary>What a node makes: its outputs and its work for the whole batch.</summary>
/// <param name="Outputs">One fact per output that may be used; a rule that knows only the first gives one.</param>
/// <param name="Work">What it adds to the counts.</param>
internal sealed record OnnxResult(IReadOnlyList<TensorFact> Outputs, NodeWork Work)
{
    internal OnnxResult(TensorFact output, NodeWork work = default) : this([output], work)
    {
    }
}
