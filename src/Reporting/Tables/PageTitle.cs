using Fleetmark.Contracts.Tables;
using Fleetmark.Reporting.Languages;

namespace Fleetmark.Reporting.Tables;

/// <summary>The heading of a page of tables.</summary>
internal static class PageTitle
{
    /// <summary>The plan's title in the language, else in English, else its name; marked when a device was simulated.</summary>
    internal static string Of(RunResults results, Language language)
    {
        string title = results.Plan.Title.GetValueOrDefault(LanguageTag.Of(language)) ?? results.Plan.Title.GetValueOrDefault("en") ?? results.Plan.Name;
        return UserText.Clean(title) + (results.IsSimulated ? Texts.In(language).Simulated : "");
    }
}
