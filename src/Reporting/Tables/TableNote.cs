namespace Fleetmark.Reporting.Tables;

/// <summary>A line under a table.</summary>
/// <param name="Mark">The sign or <c>[1]</c>; empty for a line that concerns all numbers.</param>
/// <param name="Text">What it means, in the table's language.</param>
internal sealed record TableNote(string Mark, string Text)
{
    /// <summary>The line as plain text: <c>† = unstable</c>, <c>[1] few launches</c>.</summary>
    internal string Line => Mark.Length == 0 ? Text : Mark.StartsWith('[') ? $"{Mark} {Text}" : $"{Mark} = {Text}";
}
