using System.Diagnostics.CodeAnalysis;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Models;

/// <summary>The path of a verified model file, or why there is none.</summary>
internal sealed record ModelOutcome
{
    private ModelOutcome()
    {
    }

    /// <summary>Where the file is.</summary>
    internal string? Path { get; private init; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    internal string? Sha256 { get; private init; }

    /// <summary>What was done to make it of another file; null for a source.</summary>
    internal ConversionReport? Conversion { get; private init; }

    /// <summary>Failure code of the attempt.</summary>
    internal string? Code { get; private init; }

    /// <summary>One line for people.</summary>
    internal string? Text { get; private init; }

    /// <summary>True when there is a file.</summary>
    [MemberNotNullWhen(true, nameof(Path), nameof(Sha256)), MemberNotNullWhen(false, nameof(Code), nameof(Text))]
    internal bool IsThere => Path is not null;

    internal static ModelOutcome There(string path, string sha256, ConversionReport? conversion = null) => new() { Path = path, Sha256 = sha256, Conversion = conversion };

    internal static ModelOutcome Missing(string code, string text) => new() { Code = code, Text = text };
}
