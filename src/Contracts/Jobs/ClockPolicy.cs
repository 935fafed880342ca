using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Fleetmark.Contracts.Jobs;

/// <summary>At which clock the multiprocessors of a GPU run while it is measured. The default is <see cref="Free"/>; a CPU knows no other.</summary>
/// <param name="Rule">Who chooses.</param>
/// <param name="Megahertz">The clock of <see cref="ClockRule.Fixed"/>, <see cref="LowestMhz"/> to <see cref="HighestMhz"/>; 0 for every other rule.</param>
[GenerateSerializer, Immutable, Alias(WireAliases.ClockPolicy)]
[JsonConverter(typeof(ClockPolicyConverter))]
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClockPolicy([property: Id(0)] ClockRule Rule, [property: Id(1)] int Megahertz = 0)
{
    /// <summary>Lowest clock that can be named.</summary>
    public const int LowestMhz = 100;

    /// <summary>Highest clock that can be named.</summary>
    public const int HighestMhz = 10_000;

    private const string FreeWord = "free";
    private const string BaseWord = "base";
    private const string MaximumWord = "max";

    /// <summary>What the card does when nobody asks for anything.</summary>
    public static ClockPolicy Free => default;

    /// <summary>True for the default.</summary>
    public bool IsFree => Rule == ClockRule.Free;

    /// <summary>The policy as tables name it, such as <c>clocks base</c> and <c>clocks 1590 MHz</c>: the words of plans, in every language.</summary>
    public string Name => Rule == ClockRule.Fixed ? $"clocks {this} MHz" : $"clocks {this}";

    /// <summary>The words of the rules that need no number, in the order in which messages list them.</summary>
    internal static IReadOnlyList<string> Words { get; } = [FreeWord, BaseWord, MaximumWord];

    /// <summary>The policy of a word in any case, or of a whole number of MHz; null when it is neither.</summary>
    public static ClockPolicy? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant() switch
        {
            FreeWord => Free,
            BaseWord => new ClockPolicy(ClockRule.Base),
            MaximumWord => new ClockPolicy(ClockRule.Maximum),
            var number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int megahertz) && megahertz is >= LowestMhz and <= HighestMhz
                ? new ClockPolicy(ClockRule.Fixed, megahertz)
                : null,
        };
    }

    /// <summary>The word, or the number of MHz: what <see cref="Parse"/> reads.</summary>
    public override string ToString() => Rule switch
    {
        ClockRule.Free => FreeWord,
        ClockRule.Base => BaseWord,
        ClockRule.Maximum => MaximumWord,
        _ => Megahertz.ToString(CultureInfo.InvariantCulture),
    };
}
