namespace Fleetmark.Documents;

/// <summary>A place in a document, printed as <c>file:line:column</c>; line and column count from 1.</summary>
public readonly record struct Location(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
