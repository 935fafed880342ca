namespace Fleetmark.Reporting.Languages;

/// <summary>A language tables and plots speak. Numbers look the same in all of them.</summary>
public enum Language
{
    /// <summary>English, tag <c>en</c>.</summary>
    English = 0,

    /// <summary>Simplified Chinese, tag <c>zh-CN</c>.</summary>
    Chinese = 1,
}
