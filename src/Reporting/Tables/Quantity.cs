namespace Fleetmark.Reporting.Tables;

/// <summary>A number that may stand in a table: finite. Whoever has no number has a state instead.</summary>
internal readonly record struct Quantity
{
    /// <summary>Beyond this no time and no count of ours is a result.</summary>
    private const double Largest = 1e18;

    /// <summary>A number as stored. Fifteen significant digits are kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is NaN, infinite, or beyond ±1e18.</exception>
    internal Quantity(double value)
    {
        if (!double.IsFinite(value) || Math.Abs(value) > Largest) throw new ArgumentOutOfRangeException(nameof(value), value, "a table holds finite numbers only");
        Value = (decimal)value;
    }

    /// <summary>A count, exactly.</summary>
    internal Quantity(long value) => Value = value;

    private Quantity(decimal value) => Value = value;

    internal decimal Value { get; }

    /// <summary>The same quantity in a unit <paramref name="size"/> times as large.</summary>
    internal Quantity In(decimal size) => new(Value / size);

    internal static Quantity? From(double? value) => value is { } number ? new Quantity(number) : null;
}
