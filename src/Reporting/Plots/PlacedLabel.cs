namespace Fleetmark.Reporting.Plots;

/// <summary>A name with its place.</summary>
/// <param name="Name">The name.</param>
/// <param name="Box">What it covers.</param>
/// <param name="Anchor">Which side of it is nearest to its point: that side is exact whatever the font.</param>
/// <param name="BaseLine">Its base line.</param>
/// <param name="Leader">Path from its point to it; null when it stands close by.</param>
internal sealed record PlacedLabel(string Name, LabelBox Box, TextAnchor Anchor, double BaseLine, string? Leader)
{
    /// <summary>Where <see cref="Anchor"/> stands.</summary>
    internal double X => Anchor switch { TextAnchor.Start => Box.Left, TextAnchor.End => Box.Right, _ => (Box.Left + Box.Right) / 2 };
}
