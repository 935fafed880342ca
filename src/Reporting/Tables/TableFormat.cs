namespace Fleetmark.Reporting.Tables;

/// <summary>A form tables are written in.</summary>
public enum TableFormat
{
    /// <summary>GitHub-flavoured Markdown; <c>md</c>.</summary>
    Markdown,

    /// <summary>One self-contained page; <c>html</c>.</summary>
    Html,

    /// <summary>RFC 4180; <c>csv</c>.</summary>
    Csv,

    /// <summary><c>fleetmark.tables/1</c>; <c>json</c>.</summary>
    Json,

    /// <summary>A LaTeX fragment; <c>tex</c>.</summary>
    Tex,
}
