namespace Fleetmark.Models.Graphs;

/// <summary>How a convolution or a pool moves over height and width.</summary>
/// <param name="Kernel">Size of the window.</param>
/// <param name="Stride">Step between windows.</param>
/// <param name="Padding">Margin added on both sides of each axis.</param>
/// <param name="Dilation">Distance between taps of the kernel; 1 is a dense kernel.</param>
/// <param name="Ceil">Whether a last window that reaches over the edge is kept.</param>
public sealed record Window(Extent Kernel, Extent Stride, Extent Padding, Extent Dilation, bool Ceil)
{
    /// <summary>Number of windows along an axis: <c>floor((n + 2p − d(k−1) − 1)/s) + 1</c>, or ceil; may be 0 or less.</summary>
    public Extent Output(Extent input) => new(
        Along(input.Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height),
        Along(input.Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width));

    /// <summary>Whether the last window of an axis starts behind the input and its left padding, where runtimes disagree on its existence.</summary>
    public bool LastStartsInPadding(Extent input)
    {
        Extent output = Output(input);
        return ((output.Height - 1L) * Stride.Height) >= input.Height + Padding.Height
            || ((output.Width - 1L) * Stride.Width) >= input.Width + Padding.Width;
    }

    private int Along(int n, int k, int s, int p, int d)
    {
        int room = n + (2 * p) - (d * (k - 1)) - 1;
        if (room < 0) return 0;
        return (Ceil ? (room + s - 1) / s : room / s) + 1;
    }
}
