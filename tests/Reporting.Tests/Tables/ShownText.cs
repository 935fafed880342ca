using AngleSharp.Dom;

namespace Fleetmark.Reporting.Tests.Tables;

/// <summary>Text of an element as a reader sees it.</summary>
internal static class ShownText
{
    /// <summary>The text, line breaks where the element has them.</summary>
    internal static string InnerHtmlText(this IElement element) =>
        string.Concat(element.ChildNodes.Select(n => n is IElement { LocalName: "br" } ? "\n" : n.TextContent));
}
