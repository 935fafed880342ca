namespace Fleetmark.Reporting.Plots;

/// <summary>A plot: its picture in roles, its words, and the numbers it shows.</summary>
internal sealed record Plot
{
    /// <summary>File name without ending, unique in a run.</summary>
    internal required string Name { get; init; }

    /// <summary>What, where, which run.</summary>
    internal required string Title { get; init; }

    /// <summary>One sentence on what is seen.</summary>
    internal required string Description { get; init; }

    internal required Drawing Drawing { get; init; }

    /// <summary>Headers of <see cref="Data"/>.</summary>
    internal IReadOnlyList<string> DataHeader { get; init; } = [];

    /// <summary>The numbers, one row per point, the first column naming it.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Data { get; init; } = [];

    /// <summary>The picture as a file of its own.</summary>
    internal string Svg(PlotTheme theme) => SvgWriter.Write(Drawing, Name, Title, Description, theme);

    /// <summary>The picture as a part of a page that has the classes.</summary>
    internal string InlineSvg() => SvgWriter.Write(Drawing, Name, Title, Description, null);
}
