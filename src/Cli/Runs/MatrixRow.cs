namespace Fleetmark.Cli.Runs;

/// <summary>One model of a <see cref="RunMatrix"/>.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Groups">One text of glyphs per column.</param>
internal sealed record MatrixRow(string Model, IReadOnlyList<string> Groups);
