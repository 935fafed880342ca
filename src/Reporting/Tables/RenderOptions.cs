using Fleetmark.Reporting.Languages;
using Fleetmark.Reporting.Layouts;

namespace Fleetmark.Reporting.Tables;

/// <summary>What to render of a run.</summary>
public sealed record RenderOptions
{
    /// <summary>Names of the layouts in order; empty = those of the plan, and <see cref="TableLayouts.Default"/> when the plan names none.</summary>
    public IReadOnlyList<string> Layouts { get; init; } = [];

    /// <summary>Language of titles, notes and provenance.</summary>
    public Language Language { get; init; } = Language.English;

    /// <summary>Version of the product, for the provenance.</summary>
    public required string ProductVersion { get; init; }
}
