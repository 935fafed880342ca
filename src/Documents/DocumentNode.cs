namespace Fleetmark.Documents;

/// <summary>A node of a YAML document that remembers where it stands.</summary>
public abstract record DocumentNode(Location At);

/// <summary>A scalar: its text as written and whether it was quoted (a quoted <c>"1"</c> is text, not a number).</summary>
public sealed record ScalarNode(Location At, string Text, bool Quoted) : DocumentNode(At)
{
    /// <summary>True for an empty plain scalar, <c>~</c> and <c>null</c>.</summary>
    public bool IsNull => !Quoted && Text is ("" or "~" or "null");
}

/// <summary>A sequence of nodes.</summary>
public sealed record SequenceNode(Location At, IReadOnlyList<DocumentNode> Items) : DocumentNode(At);

/// <summary>A mapping in document order; keys are unique.</summary>
public sealed record MappingNode(Location At, IReadOnlyList<MappingEntry> Entries) : DocumentNode(At);

/// <summary>One key of a mapping with its place and its value.</summary>
public sealed record MappingEntry(string Key, Location KeyAt, DocumentNode Value);
