namespace Fleetmark.Models.Counts;

/// <summary>What is known about a tensor of a graph while it is walked.</summary>
/// <param name="Dimensions">Its shape, batch axis included.</param>
internal sealed record TensorFact(long[] Dimensions)
{
    /// <summary>Longest whole-number list whose values are kept: shapes and axes are far shorter, and a list that doubles forty times fills any memory.</summary>
    internal const int MaximumValues = 256;

    /// <summary>Most axes of a tensor: runtimes stop far below, and a rank that doubles forty times fills any memory.</summary>
    internal const int MaximumRank = 64;

    /// <summary>Element type, numbered as in the format; 0 when it does not matter.</summary>
    internal int ElementType { get; init; }

    /// <summary>The values of a whole-number tensor of at most <see cref="MaximumValues"/>, for the arithmetic that exporters do on shapes; null when unknown.</summary>
    internal long[]? Values
    {
        get;
        init => field = value is { Length: > MaximumValues } ? null : value;
    }

    /// <summary>The initializer or Constant node a constant tensor comes from; null for what depends on the input.</summary>
    internal string? ConstantRoot { get; init; }

    /// <summary>Whether it comes from a convolution that has added no bias yet.</summary>
    internal bool AwaitsBias { get; init; }

    internal int Rank => Dimensions.Length;

    internal long Elements => Product(Dimensions);

    /// <exception cref="OverflowException">More than 2⁶³ elements.</exception>
    internal static long Product(ReadOnlySpan<long> sizes)
    {
        long product = 1;
        foreach (long size in sizes) product = checked(product * size);
        return product;
    }
}
