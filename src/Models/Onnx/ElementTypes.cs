namespace Fleetmark.Models.Onnx;

/// <summary>Facts about element types.</summary>
internal static class ElementTypes
{
    /// <summary>Size of one element in raw data; 0 for texts and for types packed below a byte or unknown here.</summary>
    internal static int Bytes(int type) => (ElementType)type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Boolean => 1,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Float or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Double or ElementType.Int64 or ElementType.UInt64 => 8,
        _ => 0,
    };

    /// <summary>Whether values of a type are fractions that a network computes with.</summary>
    internal static bool IsFloating(int type) => (ElementType)type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double;

    /// <summary>The word a person reads.</summary>
    internal static string Word(int type) => (ElementType)type switch
    {
        ElementType.Float => "float32",
        ElementType.Text => "string",
        ElementType.Boolean => "bool",
        var known when Enum.IsDefined(known) => known.ToString().ToLowerInvariant(),
        _ => $"type {type}",
    };
}
