using System.Globalization;
using System.Text.RegularExpressions;
using Fleetmark.Measurement.Statistics;

namespace Fleetmark.Measurement.Judging;

/// <summary>The note <c>power-limited (sustained 1095 MHz)</c>: the power limit held the clocks down, which is no fault of a card whose load is above its limit.</summary>
public static partial class PowerLimitNote
{
    private const string Word = "power-limited";

    /// <summary>The note of a launch.</summary>
    /// <param name="clockMhz">Median clock of the window; null where the device does not tell.</param>
    public static string Of(double? clockMhz) => clockMhz is { } clock ? string.Create(CultureInfo.InvariantCulture, $"{Word} (sustained {clock:F0} MHz)") : Word;

    /// <summary>True for such a note.</summary>
    public static bool IsOne(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return note.StartsWith(Word, StringComparison.Ordinal);
    }

    /// <summary>The clock of such a note, in MHz; null where it has none.</summary>
    public static int? ClockOf(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return int.TryParse(Clock().Match(note).Value, NumberStyles.None, CultureInfo.InvariantCulture, out int clock) ? clock : null;
    }

    /// <summary>The notes of several launches as one list: each once, and of those about the power limit one, with the median of their clocks.</summary>
    public static IReadOnlyList<string> Unite(IEnumerable<string> notes)
    {
        string[] all = [.. notes];
        double[] clocks = [.. all.Where(IsOne).Select(note => (double?)ClockOf(note)).OfType<double>()];
        string one = Of(clocks.Length == 0 ? null : Spread.Median(clocks));
        return [.. all.Select(note => IsOne(note) ? one : note).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"\d+(?= MHz\)$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Clock();
}
