namespace Fleetmark.Reporting.Plots;

/// <summary>A finished picture in roles instead of colours.</summary>
internal sealed record Drawing
{
    internal required int Width { get; init; }

    internal required int Height { get; init; }

    /// <summary>Lines and areas in drawing order; equal styles are one path.</summary>
    internal IReadOnlyList<DrawnPath> Paths { get; init; } = [];

    internal IReadOnlyList<DrawnText> Texts { get; init; } = [];

    /// <summary>Places that answer to a pointer.</summary>
    internal IReadOnlyList<HitTarget> Targets { get; init; } = [];
}
