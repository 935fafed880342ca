namespace Fleetmark.Documents;

/// <summary>Something a person can solve: what is wrong, where, and what would be right.</summary>
/// <param name="Code">Stable name in kebab case, such as <c>unknown-key</c>.</param>
/// <param name="Where"><c>file:line:column</c>, a key, or a path.</param>
/// <param name="What">One sentence without a full stop: what is wrong.</param>
/// <param name="Remedy">What to do about it; empty when the sentence says it already.</param>
public sealed record Problem(string Code, string Where, string What, string Remedy = "")
{
    /// <summary>The one line a person reads: <c>where: what; remedy</c>. Line breaks in the parts become spaces.</summary>
    public override string ToString()
    {
        string line = Where.Length == 0 ? What : $"{Where}: {What}";
        if (Remedy.Length > 0) line = $"{line}; {Remedy}";
        return line.ReplaceLineEndings(" ");
    }
}
