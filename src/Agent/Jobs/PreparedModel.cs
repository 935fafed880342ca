using System.Diagnostics.CodeAnalysis;
using Fleetmark.Contracts.Results;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Agent.Jobs;

/// <summary>The model file a launch runs, with what is known of it; or why there is none.</summary>
internal sealed record PreparedModel
{
    private PreparedModel()
    {
    }

    /// <summary>Where the file is.</summary>
    internal string? Path { get; private init; }

    /// <summary>SHA-256 of the file.</summary>
    internal string? Sha256 { get; private init; }

    /// <summary>The file as a worker is asked to load it.</summary>
    internal ModelFile File => new() { Path = Path!, Sha256 = Sha256, Format = "onnx" };

    /// <summary>What an inspection found out; null for a source, which runs as it is, and for a runtime that inspects nothing.</summary>
    internal InspectionReport? Inspection { get; private init; }

    /// <summary>Failure code of the attempt.</summary>
    internal string? Code { get; private init; }

    /// <summary>One line for people.</summary>
    internal string? Text { get; private init; }

    /// <summary>True when there is a file.</summary>
    [MemberNotNullWhen(true, nameof(Path), nameof(Sha256)), MemberNotNullWhen(false, nameof(Code), nameof(Text))]
    internal bool IsThere => Path is not null;

    internal static PreparedModel There(string path, string sha256, InspectionReport? inspection = null) => new() { Path = path, Sha256 = sha256, Inspection = inspection };

    internal static PreparedModel Missing(string code, string text) => new() { Code = code, Text = text };
}
