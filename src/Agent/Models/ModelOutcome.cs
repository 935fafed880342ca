using System.Diagnostics.CodeAnalysis;

namespace Fleetmark.Agent.Models;

/// <summary>The path of a verified model file, or why there is none.</summary>
internal sealed record ModelOutcome
{
    private ModelOutcome()
    {
    }

    /// <summary>Where the file is.</summary>
    internal string? Path { get; private init; }

    /// <summary>Failure code of the attempt.</summary>
    internal string? Code { get; private init; }

    /// <summary>One line for people.</summary>
    internal string? Text { get; private init; }

    /// <summary>True when there is a file.</summary>
    [MemberNotNullWhen(true, nameof(Path)), MemberNotNullWhen(false, nameof(Code), nameof(Text))]
    internal bool IsThere => Path is not null;

    internal static ModelOutcome There(string path) => new() { Path = path };

    internal static ModelOutcome Missing(string code, string text) => new() { Code = code, Text = text };
}
