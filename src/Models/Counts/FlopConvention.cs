namespace Fleetmark.Models.Counts;

/// <summary>Names of the ways to count operations of one forward pass over one sample. K = (cin/g)·kh·kw, E = output elements, M = K·E.</summary>
public static class FlopConvention
{
    /// <summary>Σ M + Σ fc cin·cout.</summary>
    public const string Macs = "macs";

    /// <summary>2 · <see cref="Macs"/>.</summary>
    public const string TwoPerMac = "flops_2mac";

    /// <summary>2·M + fc cin·cout.</summary>
    public const string TwoPerConvMac = "flops_2conv_1fc";

    /// <summary><see cref="TwoPerConvMac"/> and 2 per batch-normalised element, 1 per rectified element, the window's area per pool output.</summary>
    public const string FluidModelStat = "fluid_model_stat";

    /// <summary>(2K−1)·E, bias not counted; fc cin·cout; 2 per batch-normalised element; the window's area + 1 per pool output. The published tables' column.</summary>
    public const string PaddleClas2020 = "paddleclas_2020";

    /// <summary>M, + E with bias; fc cin·cout; 2 per batch-normalised element; global average pool input + output elements; average pool output elements.</summary>
    public const string PaddleFlops = "paddle_flops";

    /// <summary>All names, the most used first.</summary>
    public static IReadOnlyList<string> All { get; } = [Macs, TwoPerMac, TwoPerConvMac, FluidModelStat, PaddleClas2020, PaddleFlops];
}
