namespace Fleetmark.Models.Imported;

/// <summary>What a classifier's output holds. The order of scores, and with it top-k, is the same for both.</summary>
public enum OutputKind
{
    /// <summary>Scores of any size, as far as the graph tells.</summary>
    Logits,

    /// <summary>The graph ends in Softmax.</summary>
    Probabilities,
}
