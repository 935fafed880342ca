namespace Fleetmark.Reporting.Languages;

/// <summary>The tags people write for <see cref="Language"/>.</summary>
public static class LanguageTag
{
    /// <summary>Every tag, in the order of the languages.</summary>
    public static IReadOnlyList<string> Known { get; } = ["en", "zh-CN"];

    /// <summary>The tag of a language, as in <c>&lt;html lang&gt;</c>.</summary>
    public static string Of(Language language) => Known[(int)language];

    /// <summary>The language of a tag, case ignored; null for a tag that is not known.</summary>
    public static Language? Read(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        for (int i = 0; i < Known.Count; i++)
            if (string.Equals(Known[i], tag, StringComparison.OrdinalIgnoreCase)) return (Language)i;
        return null;
    }
}
