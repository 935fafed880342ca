using System.Runtime.InteropServices;

namespace Fleetmark.Models.Graphs;

/// <summary>A size, step or margin along height and width.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Extent(int Height, int Width)
{
    /// <summary>One by one.</summary>
    public static Extent One { get; } = new(1, 1);

    /// <summary>Height times width.</summary>
    public long Area => (long)Height * Width;

    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width}";
}
