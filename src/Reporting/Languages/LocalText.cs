namespace Fleetmark.Reporting.Languages;

/// <summary>A text a layout brings along: English always, Chinese where it differs.</summary>
internal sealed record LocalText(string English, string? Chinese = null)
{
    internal string In(Language language) => language == Language.Chinese ? Chinese ?? English : English;
}
