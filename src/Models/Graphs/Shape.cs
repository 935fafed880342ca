using System.Globalization;

namespace Fleetmark.Models.Graphs;

/// <summary>The shape of one sample's tensor, batch axis left out: <c>[C, H, W]</c> or <c>[C]</c>. Printed <c>[64, 55, 55]</c>.</summary>
public sealed class Shape : IEquatable<Shape>
{
    private readonly int[] _dimensions;

    /// <summary>A shape of the given sizes, each at least 1.</summary>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        foreach (int size in dimensions) ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(dimensions));
        _dimensions = dimensions.ToArray();
    }

    /// <summary>The sizes, outermost first.</summary>
    public IReadOnlyList<int> Dimensions => _dimensions;

    /// <summary>How many axes.</summary>
    public int Rank => _dimensions.Length;

    /// <summary>The first size: channels, or features.</summary>
    public int Channels => _dimensions[0];

    /// <summary>Product of all sizes.</summary>
    public long Elements => _dimensions.Aggregate(1L, (product, size) => checked(product * size));

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => _dimensions.Aggregate(_dimensions.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() =>
        $"[{string.Join(", ", _dimensions.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
