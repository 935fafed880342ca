using System.Globalization;

namespace Fleetmark.Measurement.Providers;

/// <summary>An option of an execution provider that a plan may set. None holds a path: a plan comes from outside and runs on somebody's machine.</summary>
public sealed record ProviderOption
{
    private readonly string[] _values = [];
    private readonly long _least;
    private readonly long _most;

    private ProviderOption(string name) => Name = name;

    private ProviderOption(string name, string[] values) : this(name) => _values = values;

    private ProviderOption(string name, long least, long most) : this(name) => (_least, _most) = (least, most);

    /// <summary>Its name, as ONNX Runtime spells it.</summary>
    public string Name { get; }

    /// <summary>True when any value but <c>0</c> needs buffers that stay where they are, which only the scope <c>device</c> has.</summary>
    public bool IsForDeviceScope { get; init; }

    /// <summary>What it may be, as a half sentence: <c>must be 0 or 1</c>.</summary>
    public string Rule => _values switch
    {
        [] => string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {_least} to {_most}"),
        [.. var others, var last] => $"must be {string.Join(", ", others)} or {last}",
    };

    /// <summary>True when the option may have this value.</summary>
    public bool Allows(string value) => _values.Length > 0
        ? _values.Contains(value, StringComparer.Ordinal)
        : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= _least && number <= _most;

    /// <summary>True when this value cannot be had where each call brings its own input.</summary>
    public bool NeedsDeviceScope(string value) => IsForDeviceScope && value != "0";

    internal static ProviderOption Flag(string name) => new(name, ["0", "1"]);

    internal static ProviderOption Choice(string name, params string[] values) => new(name, values);

    internal static ProviderOption Number(string name, long least, long most) => new(name, least, most);
}
