using Fleetmark.Documents;

namespace Fleetmark.Models.Graphs;

/// <summary>What a model may be called. Names appear in addresses and file names, so they are short, plain and unique without regard to case.</summary>
public static class ModelName
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>Endings that an address reads as a format.</summary>
    private static readonly string[] FormatSuffixes = [".json", ".csv", ".md", ".tex", ".svg", ".html"];

    /// <summary>What is wrong with a name, or null when it may be used.</summary>
    public static Problem? Check(string name, string where)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaximumLength)
            return new Problem("model-name", where, $"model name '{name}' has {name.Length} characters", $"1 to {MaximumLength} are allowed");
        if (!char.IsAsciiLetterOrDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            return new Problem("model-name", where, $"model name '{name}' has other characters than letters, digits, '.', '_' and '-'", "start with a letter or digit");
        string? suffix = FormatSuffixes.FirstOrDefault(s => name.EndsWith(s, StringComparison.OrdinalIgnoreCase));
        return suffix is null ? null : new Problem("model-name", where, $"model name '{name}' ends in '{suffix}', which an address reads as a format", "choose another name");
    }

    /// <summary>The leading letters of a name without trailing separators; the whole name when it starts with a digit.</summary>
    public static string Family(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int digit = name.AsSpan().IndexOfAnyInRange('0', '9');
        string family = (digit < 0 ? name : name[..digit]).TrimEnd('.', '_', '-');
        return family.Length == 0 ? name : family;
    }
}
